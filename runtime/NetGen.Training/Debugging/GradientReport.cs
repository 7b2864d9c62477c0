using System.Globalization;
using System.Text;

namespace NetGen.Training;

/// <summary>What a <see cref="GradientCheck"/> found, a row a layer.</summary>
public sealed class GradientReport
{
    internal GradientReport(NetworkInfo info, IReadOnlyList<GradientComparison> comparisons, float tolerance)
    {
        Tolerance = tolerance;
        Layers = [.. comparisons.GroupBy(comparison => LayerOf(info, comparison.Parameter.Name)).Select(group => new LayerGradients(
            group.Key,
            group.Count(),
            group.MaxBy(comparison => float.IsNaN(comparison.Error) ? float.PositiveInfinity : comparison.Error)!,
            group.Any(comparison => !(comparison.Error <= tolerance)) ? GradientVerdict.Wrong
                : group.All(comparison => comparison.IsTooSmall) ? GradientVerdict.TooSmall : GradientVerdict.Right))];
    }

    /// <summary>The largest relative error that passes.</summary>
    public float Tolerance { get; }

    /// <summary>The layers that have parameters, in order.</summary>
    public IReadOnlyList<LayerGradients> Layers { get; }

    /// <summary>Whether no gradient is wrong.</summary>
    public bool Passed => Layers.All(layer => layer.Verdict != GradientVerdict.Wrong);

    /// <summary>The report as a table.</summary>
    public override string ToString()
    {
        string[][] rows =
        [
            ["layer", "checked", "largest error", "at", "Backward", "difference", "verdict"],
            .. Layers.Select(layer => (string[])
            [
                layer.Layer, Text(layer.Checked, "0"), Text(layer.Worst.Error, "0.0E+0"), layer.Worst.Element, Text(layer.Worst.Gradient, "0.00000"), Text(layer.Worst.Difference, "0.00000"),
                layer.Verdict switch
                {
                    GradientVerdict.Right => "right",
                    GradientVerdict.TooSmall => "too small to tell",
                    _ => "WRONG",
                },
            ]),
        ];
        StringBuilder text = new();
        text.AppendJoin('\n', TextTable.Lines(rows, 0, 3, 6)).Append('\n');
        return text.Append(CultureInfo.InvariantCulture, $"{(Passed ? "all gradients agree" : "GRADIENTS DISAGREE")} (largest relative error allowed: {Tolerance})").ToString();

        static string Text(float number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>The layer that owns a parameter: <c>lstm1.weight_ih_l0</c> is one of <c>lstm1</c>.</summary>
    private static string LayerOf(NetworkInfo info, string parameter) =>
        info.Layers.Select(layer => layer.Name).Where(name => parameter.StartsWith(name + '.', StringComparison.Ordinal)).MaxBy(name => name.Length) ?? info.Name;
}

/// <summary>What was found of one layer.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Checked">How many elements of its parameters were checked.</param>
/// <param name="Worst">The element with the largest relative error.</param>
/// <param name="Verdict">What that means.</param>
public sealed record LayerGradients(string Layer, int Checked, GradientComparison Worst, GradientVerdict Verdict);

/// <summary>The gradient of one element of a parameter, computed in two ways.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Index">The element's index in PyTorch's shape.</param>
/// <param name="Gradient">What Backward computed.</param>
/// <param name="Difference">What differences of the loss say.</param>
/// <param name="Error">How far they are apart, in parts of the gradient.</param>
/// <param name="IsTooSmall">Whether the gradient is so small that float32 cannot tell it from another.</param>
public sealed record GradientComparison(TensorInfo Parameter, IReadOnlyList<int> Index, float Gradient, float Difference, float Error, bool IsTooSmall)
{
    /// <summary>Which element it is: <c>dense1.weight[3, 17]</c>.</summary>
    public string Element => $"{Parameter.Name}[{string.Join(", ", Index)}]";
}

/// <summary>What a gradient check says of a layer.</summary>
public enum GradientVerdict
{
    /// <summary>All gradients agree with differences of the loss.</summary>
    Right,

    /// <summary>All gradients are too small to be compared in float32: take another batch, or untrained parameters.</summary>
    TooSmall,

    /// <summary>A gradient disagrees.</summary>
    Wrong,
}
