namespace NetGen;

/// <summary>How the image that a window slides over is padded with zeros.</summary>
public enum Padding
{
    /// <summary>So that a stride of 1 keeps the size: <c>dilation (kernel - 1) / 2</c> on both sides, as PyTorch's <c>padding=k//2</c>. The kernel is odd.</summary>
    Same,

    /// <summary>Not at all, PyTorch's default and Keras's <c>valid</c>.</summary>
    None,

    /// <summary>So that the result has <c>ceil(size / stride)</c> pixels, an odd rest at the end: ONNX's <c>SAME_UPPER</c>, Keras's <c>same</c>.</summary>
    SameUpper,
}
