namespace NetGen;

/// <summary>What all convolutions take.</summary>
public abstract class ConvolutionAttribute : ParameterLayerAttribute
{
    private protected ConvolutionAttribute()
    {
    }

    /// <summary>Pixels from one place of the window to the next, on every axis; 1 by default.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The stride of each axis, outermost first.</summary>
    public int[]? Strides { get; set; }

    /// <summary>Pixels from one tap of the window to the next, on every axis; 1 by default.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The dilation of each axis, outermost first.</summary>
    public int[]? Dilations { get; set; }

    /// <summary>How the image is padded; <see cref="NetGen.Padding.Same"/> by default.</summary>
    public Padding Padding { get; set; }

    /// <summary>Zeros before and after each axis, in place of <see cref="Padding"/>.</summary>
    public int Pad { get; set; }

    /// <summary>Zeros before each axis and then after each axis, in place of <see cref="Padding"/>: top, left, bottom, right.</summary>
    public int[]? Pads { get; set; }

    /// <summary>Whether a number is added to each channel; on by default.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// How the weight starts; by default it follows the next layer that is no norm and no dropout: He before the ReLU family, Glorot otherwise. The bias starts at zero.
    /// </summary>
    public Initializer Init { get; set; }

    /// <summary>The standard deviation of <see cref="Initializer.Normal"/> (default 0.02) or the bound of <see cref="Initializer.Uniform"/> (default 0.05).</summary>
    public float InitScale { get; set; }
}

/// <summary>A convolution over time: <c>y[t] = b + sum_k W[k] x[stride t - pad + dilation k]</c>. Input <c>[time, features]</c> gives <c>[time', filters]</c>.</summary>
/// <remarks>Parameters: <c>weight</c> <c>[filters, features / groups, kernel]</c> and <c>bias</c> <c>[filters]</c>, as PyTorch's <c>Conv1d</c>.</remarks>
/// <param name="filters">Features of the result, at least 1.</param>
/// <param name="kernel">Taps of the window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv1DAttribute(int filters, params int[] kernel) : ConvolutionAttribute
{
    /// <summary>Features of the result.</summary>
    public int Filters { get; } = filters;

    /// <summary>Taps of the window.</summary>
    public int[] Kernel { get; } = kernel;

    /// <summary>Parts that features are divided into; each part of the result reads its part of the input. 1 by default.</summary>
    public int Groups { get; set; } = 1;
}

/// <summary>
/// A convolution over an image: input <c>[channels, height, width]</c> gives <c>[filters, height', width']</c>,
/// <c>height' = (height + pads - dilation (kernel - 1) - 1) / stride + 1</c>.
/// </summary>
/// <remarks>Parameters: <c>weight</c> <c>[filters, channels / groups, kernel, kernel]</c> and <c>bias</c> <c>[filters]</c>, as PyTorch's <c>Conv2d</c>.</remarks>
/// <param name="filters">Channels of the result, at least 1.</param>
/// <param name="kernel">Extent of the window: one for both axes, or height and width, such as <c>[Conv2D(64, 10, 4)]</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv2DAttribute(int filters, params int[] kernel) : ConvolutionAttribute
{
    /// <summary>Channels of the result.</summary>
    public int Filters { get; } = filters;

    /// <summary>Extent of the window.</summary>
    public int[] Kernel { get; } = kernel;

    /// <summary>Parts that channels are divided into; each part of the result reads its part of the image. 1 by default.</summary>
    public int Groups { get; set; } = 1;
}

/// <summary>A convolution over a volume: input <c>[channels, depth, height, width]</c> gives <c>[filters, depth', height', width']</c>.</summary>
/// <remarks>Parameters: <c>weight</c> <c>[filters, channels / groups, kernel, kernel, kernel]</c> and <c>bias</c> <c>[filters]</c>, as PyTorch's <c>Conv3d</c>.</remarks>
/// <param name="filters">Channels of the result, at least 1.</param>
/// <param name="kernel">Extent of the window: one for all axes, or depth, height and width.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv3DAttribute(int filters, params int[] kernel) : ConvolutionAttribute
{
    /// <summary>Channels of the result.</summary>
    public int Filters { get; } = filters;

    /// <summary>Extent of the window.</summary>
    public int[] Kernel { get; } = kernel;

    /// <summary>Parts that channels are divided into; each part of the result reads its part of the volume. 1 by default.</summary>
    public int Groups { get; set; } = 1;
}

/// <summary>
/// A convolution in which each channel has filters of its own (Howard et al. 2017): input
/// <c>[channels, height, width]</c> gives <c>[channels multiplier, height', width']</c>.
/// </summary>
/// <remarks>Parameters: <c>weight</c> <c>[channels multiplier, 1, kernel, kernel]</c> and <c>bias</c>, as PyTorch's <c>Conv2d</c> with <c>groups=channels</c>.</remarks>
/// <param name="kernel">Extent of the window: one for both axes, or height and width.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DepthwiseConv2DAttribute(params int[] kernel) : ConvolutionAttribute
{
    /// <summary>Extent of the window.</summary>
    public int[] Kernel { get; } = kernel;

    /// <summary>Filters of each channel; 1 by default.</summary>
    public int Multiplier { get; set; } = 1;
}

/// <summary>
/// The transpose of a convolution over time: input <c>[time, features]</c> gives <c>[time', filters]</c>,
/// <c>time' = (time - 1) stride + dilation (kernel - 1) + 1 + OutputPadding - pads</c>.
/// </summary>
/// <remarks>
/// <see cref="Padding.Same"/>, the default, makes the result <c>stride</c> times as long. Parameters: <c>weight</c>
/// <c>[features, filters / groups, kernel]</c> and <c>bias</c>, as PyTorch's <c>ConvTranspose1d</c>.
/// </remarks>
/// <param name="filters">Features of the result, at least 1.</param>
/// <param name="kernel">Taps of the window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ConvTranspose1DAttribute(int filters, params int[] kernel) : ConvolutionAttribute
{
    /// <summary>Features of the result.</summary>
    public int Filters { get; } = filters;

    /// <summary>Taps of the window.</summary>
    public int[] Kernel { get; } = kernel;

    /// <summary>Parts that features are divided into. 1 by default.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Steps added at the end of the result, less than the stride; 0 by default.</summary>
    public int OutputPadding { get; set; }
}

/// <summary>
/// The transpose of a convolution over an image, which a stride enlarges: input <c>[channels, height, width]</c> gives <c>[filters, height', width']</c>,
/// <c>height' = (height - 1) stride + dilation (kernel - 1) + 1 + OutputPadding - pads</c>.
/// </summary>
/// <remarks>
/// <see cref="Padding.Same"/>, the default, makes the result <c>stride</c> times as large. Parameters: <c>weight</c>
/// <c>[channels, filters / groups, kernel, kernel]</c> and <c>bias</c>, as PyTorch's <c>ConvTranspose2d</c>.
/// </remarks>
/// <param name="filters">Channels of the result, at least 1.</param>
/// <param name="kernel">Extent of the window: one for both axes, or height and width.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ConvTranspose2DAttribute(int filters, params int[] kernel) : ConvolutionAttribute
{
    /// <summary>Channels of the result.</summary>
    public int Filters { get; } = filters;

    /// <summary>Extent of the window.</summary>
    public int[] Kernel { get; } = kernel;

    /// <summary>Parts that channels are divided into. 1 by default.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Pixels added at the end of each axis of the result, less than the stride; 0 by default.</summary>
    public int OutputPadding { get; set; }
}
