using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The geometry of a convolution: a window, and the channels that it connects.</summary>
/// <param name="window">Where it reads.</param>
/// <param name="inputs">Channels of the image.</param>
/// <param name="outputs">Channels of the result.</param>
/// <param name="groups">Parts that channels are divided into; each part of the result reads its part of the image.</param>
/// <param name="winograd">Whether it is computed with fewer products, by tiles of 2x2 places: a window of 3x3 neighbouring taps at stride 1 over images of two axes, of one group.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ConvolutionShape(SlidingWindow window, int inputs, int outputs, int groups = 1, bool winograd = false)
{
    internal SlidingWindow Window { get; } = window;

    internal int Inputs { get; } = inputs;

    internal int Outputs { get; } = outputs;

    internal int Groups { get; } = groups;

    internal bool IsWinograd { get; } = winograd;

    /// <summary>Channels of the image that one channel of the result reads.</summary>
    internal int GroupInputs => Inputs / Groups;

    /// <summary>Channels of the result that read the same channels of the image.</summary>
    internal int GroupOutputs => Outputs / Groups;

    /// <summary>Floats of one image.</summary>
    internal int InputLength => Window.InputPixels * Inputs;

    /// <summary>Floats of the result of one image.</summary>
    internal int OutputLength => Window.OutputPixels * Outputs;

    /// <summary>How a convolution sums the pixels of an image.</summary>
    internal ConvolutionPlan Forward => field ??= ConvolutionPlan.Forward(this);

    /// <summary>How the gradient of the image sums that of the result.</summary>
    internal ConvolutionPlan Backward => field ??= ConvolutionPlan.Backward(this);

    /// <summary>The same convolution by groups of neighbouring places; null where that is no gain.</summary>
    internal ConvolutionShape? Grouped => PixelGroups.Size(this) is > 1 and int size ? field ??= PixelGroups.Of(this, size) : null;

    /// <summary>How the way back to an image of few channels sums in two steps; null where that is no gain.</summary>
    internal TwoStepSums? TwoStepBackward => TwoStepSums.IsBackwardGain(this) ? field ??= TwoStepSums.Backward(this) : null;

    /// <summary>Floats of the weight.</summary>
    internal int WeightLength => Window.Taps * GroupInputs * Outputs;
}
