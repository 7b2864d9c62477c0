namespace NetGen;

/// <summary>What all pooling layers take.</summary>
public abstract class PoolingAttribute : LayerAttribute
{
    private protected PoolingAttribute()
    {
    }

    /// <summary>Pixels from one place of the window to the next, on every axis; the window's extent by default.</summary>
    public int Stride { get; set; }

    /// <summary>The stride of each axis, outermost first.</summary>
    public int[]? Strides { get; set; }

    /// <summary>How the image is padded; <see cref="NetGen.Padding.None"/> by default.</summary>
    public Padding Padding { get; set; } = Padding.None;

    /// <summary>Pixels before and after each axis, in place of <see cref="Padding"/>.</summary>
    public int Pad { get; set; }

    /// <summary>Pixels before each axis and then after each axis, in place of <see cref="Padding"/>: top, left, bottom, right.</summary>
    public int[]? Pads { get; set; }
}

/// <summary>What max pools take besides.</summary>
public abstract class MaxPoolingAttribute : PoolingAttribute
{
    private protected MaxPoolingAttribute()
    {
    }

    /// <summary>Pixels from one tap of the window to the next, on every axis; 1 by default.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The dilation of each axis, outermost first.</summary>
    public int[]? Dilations { get; set; }
}

/// <summary>What average pools take besides.</summary>
public abstract class AveragePoolingAttribute : PoolingAttribute
{
    private protected AveragePoolingAttribute()
    {
    }

    /// <summary>Whether padding counts in the mean, as zeros; on by default, as in PyTorch.</summary>
    public bool CountIncludePad { get; set; } = true;
}

/// <summary>The largest of each window of time steps: <c>[time, features]</c> gives <c>[time', features]</c>. Padding never counts.</summary>
/// <param name="kernel">Steps of the window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPool1DAttribute(params int[] kernel) : MaxPoolingAttribute
{
    /// <summary>Steps of the window.</summary>
    public int[] Kernel { get; } = kernel;
}

/// <summary>The largest of each window of pixels: <c>[channels, height, width]</c> gives <c>[channels, height', width']</c>. Padding never counts.</summary>
/// <param name="kernel">Extent of the window: one for both axes, or height and width.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPool2DAttribute(params int[] kernel) : MaxPoolingAttribute
{
    /// <summary>Extent of the window.</summary>
    public int[] Kernel { get; } = kernel;
}

/// <summary>The mean of each window of time steps: <c>[time, features]</c> gives <c>[time', features]</c>.</summary>
/// <param name="kernel">Steps of the window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AvgPool1DAttribute(params int[] kernel) : AveragePoolingAttribute
{
    /// <summary>Steps of the window.</summary>
    public int[] Kernel { get; } = kernel;
}

/// <summary>The mean of each window of pixels: <c>[channels, height, width]</c> gives <c>[channels, height', width']</c>.</summary>
/// <param name="kernel">Extent of the window: one for both axes, or height and width.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AvgPool2DAttribute(params int[] kernel) : AveragePoolingAttribute
{
    /// <summary>Extent of the window.</summary>
    public int[] Kernel { get; } = kernel;
}

/// <summary>The largest of all pixels of each channel: <c>[channels, height, width]</c> gives <c>[channels]</c>, <c>[time, features]</c> gives <c>[features]</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalMaxPoolAttribute : LayerAttribute;

/// <summary>The mean of all pixels of each channel: <c>[channels, height, width]</c> gives <c>[channels]</c>, <c>[time, features]</c> gives <c>[features]</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalAvgPoolAttribute : LayerAttribute;

/// <summary>
/// The means of a grid of windows that cover the image: <c>[channels, height, width]</c> gives <c>[channels, h, w]</c>, where window i of
/// h goes from row <c>floor(i height / h)</c> to before row <c>ceil((i + 1) height / h)</c>, as in PyTorch.
/// </summary>
/// <param name="size">Height and width of the result: one for both, or one each.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AdaptiveAvgPool2DAttribute(params int[] size) : LayerAttribute
{
    /// <summary>Height and width of the result.</summary>
    public int[] Size { get; } = size;
}
