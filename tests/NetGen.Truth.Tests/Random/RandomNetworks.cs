using System.Globalization;

namespace NetGen.Truth;

/// <summary>
/// Draws networks that are right: shapes are followed while layers are drawn, so that every layer fits. All kinds of layers, blocks in blocks, names
/// that refer to earlier values, shared parameters, layers whose output nothing uses.
/// </summary>
internal sealed class RandomNetworks
{
    private const int LargestSample = 160;
    private static readonly int[] Widths = [1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 24, 31, 32, 33, 40];
    private static readonly string[] Activations =
    [
        "ReLU", "LeakyReLU", "LeakyReLU(0.2f)", "LeakyReLU(0)", "ELU", "ELU(0.5f)", "GELU", "SiLU", "Sigmoid", "Tanh", "Softplus", "HardSwish",
        "Activation<Snake>", "Activation<Cut>",
    ];

    /// <summary>What is fitted to an input: one of them, or what fills in missing numbers before one.</summary>
    private static readonly string[] Fitted = ["Standardize", "MinMaxScale", "RobustScale", "Impute", "Impute(Kind = ImputeKind.Median)"];
    private static readonly string[] Initializers =
    [
        "Bias = false", "Init = Initializer.He", "Init = Initializer.LeCun", "Init = Initializer.Zeros",
        "Init = Initializer.Normal, InitScale = 0.3f", "Init = Initializer.Uniform",
    ];

    // Powers of two and few of 3/2, so that a product of several, which the compiler folds in float, is exact.
    private static readonly string[] Rescalings = ["1", "-1", "0.5f", "2, -1", "1.5f, 0.25f", "1, 0.5f"];

    private readonly Random _random;
    private readonly RandomImageLayers _images;
    private readonly bool _isOfImages;
    private readonly List<string> _blocks = [];

    private RandomNetworks(int seed, bool isOfImages)
    {
        _random = new(seed);
        _images = new(_random);
        _isOfImages = isOfImages;
    }

    /// <summary>The attributes and blocks of one network.</summary>
    /// <param name="given">What it is drawn from.</param>
    /// <param name="ofImages">Whether most layers are those over images, volumes and sequences.</param>
    public static (string Attributes, string Blocks) Draw(RandomCase given, bool ofImages)
    {
        var network = new RandomNetworks(given.Seed, ofImages);
        List<string> elements = [.. network.Network(given.Depth)];
        return ($"[{string.Join(", ", elements)}]", string.Join("\n", network._blocks) + RandomLosses.Functions);
    }

    private IEnumerable<string> Network(int depth)
    {
        string loss = Chance(0.85) ? RandomLosses.Draw(_random) : "";
        var scope = new Values();
        var inputs = new List<string>();
        int count = Chance(0.2) ? 2 + _random.Next(2) : 1;
        for (int index = 0; index < count; index++)
        {
            string name = count == 1 ? "input" : $"input{index}";
            int[] shape = Shape();
            inputs.Add($"Input({Text(shape)}{(count == 1 ? "" : $", Name = \"{name}\"")})");
            scope.DefineInput(name, shape);
        }
        List<string> layers = [.. Chance(0.3) ? Preprocessing(scope) : [], .. Layers(scope, depth, nesting: 0)];
        if (Chance(0.25))
        {
            layers.AddRange(Outputs(scope, hasLoss: loss.Length > 0));
            return [.. inputs, .. layers];
        }
        if (Chance(0.8))
        {
            layers.AddRange(To(scope, scope.Shape.Length > 2 || Chance(0.3) ? [Pick(Widths)] : [.. scope.Shape[..^1], Pick(Widths)]));
        }
        if (!RandomLosses.Fits(loss, scope.Shape))
        {
            layers.AddRange(To(scope, [RandomLosses.Width(loss, _random)]));
        }
        return loss.Length == 0 ? [.. inputs, .. layers] : [.. inputs, .. layers, RandomLosses.With(loss, scope.Shape, _random)];
    }

    /// <summary>One to three outputs with layers between, and a loss of its own for each.</summary>
    private List<string> Outputs(Values scope, bool hasLoss)
    {
        var elements = new List<string>();
        for (int count = 1 + _random.Next(3); count > 0; count--)
        {
            elements.AddRange(Layers(scope, _random.Next(3), nesting: 0));
            string loss = RandomLosses.Draw(_random);
            if (Count(scope.Shape) > 64 || !RandomLosses.Fits(loss, scope.Shape))
            {
                elements.AddRange(To(scope, [RandomLosses.Width(loss, _random)]));
            }
            scope.MoveTo(scope.Shape);
            string weight = Chance(0.5) ? "" : $", Weight = {Pick(["0.5f", "2f", "0.1f"])}";
            elements.Add($"Output(\"{scope.NameIt()}\"{weight})");
            if (hasLoss)
            {
                elements.Add(RandomLosses.With(loss, scope.Shape, _random));
            }
        }
        return elements;
    }

    /// <summary>Layers that are fitted to the last input: numbers that are missing are filled in before the others are scaled.</summary>
    private List<string> Preprocessing(Values scope)
    {
        string first = Pick(Fitted);
        bool scales = first.StartsWith("Impute", StringComparison.Ordinal) && Chance(0.5);
        scope.MoveTo(scope.Shape);
        return scales ? [first, Pick(["Standardize", "MinMaxScale", "RobustScale"])] : [first];
    }

    private List<string> Layers(Values scope, int count, int nesting)
    {
        var layers = new List<string>();
        for (int index = 0; index < count; index++)
        {
            string from = "";
            if (Chance(0.12) && scope.Named.Count > 0)
            {
                (string name, int[] shape) = Pick(scope.Named);
                scope.MoveTo(shape, isInput: scope.IsInput(name));
                from = $"From = \"{name}\"";
            }
            string layer = Layer(scope, nesting);
            string named = !layer.Contains("Name = ", StringComparison.Ordinal) && Chance(0.5) ? $"Name = \"{scope.NameIt()}\"" : "";
            layers.Add(With(layer, named, from));
        }
        return layers;
    }

    /// <summary>One layer, as its attribute; the scope moves to its output.</summary>
    private string Layer(Values scope, int nesting)
    {
        int[] shape = scope.Shape;
        if (_isOfImages && shape.Length > 1 && Chance(0.75) && _images.Draw(shape) is { } drawn)
        {
            scope.MoveTo(drawn.Result);
            return drawn.Layer;
        }
        if (_isOfImages && shape.Length > 1 && Chance(0.25) && NormedResidual(scope) is { } residual)
        {
            return residual;
        }
        switch (_random.Next(nesting < 2 ? 20 : 13))
        {
            case 0 or 1 or 2 or 3 when shape.Length <= 2:
                return Dense(scope);
            case 4 when scope.ReadsInput:
                scope.MoveTo(shape);
                return Pick(Fitted);
            case 5:
                scope.MoveTo([Count(shape)]);
                return "Flatten";
            case 6:
                int[] other = Reshaped(shape);
                scope.MoveTo(other);
                int computed = Chance(0.5) ? _random.Next(other.Length) : -1;
                return $"Reshape({Text(other.Select((extent, axis) => axis == computed ? -1 : extent))})";
            case 7:
                scope.MoveTo(shape);
                return $"Dropout({Pick(["0", "0.1f", "0.5f", "0.9f"])})";
            case 8:
                scope.MoveTo(shape);
                return $"Rescale({Pick(Rescalings)})";
            case 9 or 10 when Combination(scope) is { } combination:
                return combination;
            case 12 when Product(scope) is { } product:
                return product;
            case 11 when shape[^1] > 1 && shape.Length <= 2:
                // Of one element it is the constant 1, whose gradient is nothing but rounding.
                scope.MoveTo(shape);
                return "Softmax";
            case 13 or 14:
                string block = Block(shape, nesting + 1, shape, out _);
                return Composed(scope, Chance(0.3) ? $"Repeat<{block}>({1 + _random.Next(3)})" : $"Residual<{block}>", shape);
            case 15 or 16:
                string free = Block(shape, nesting + 1, null, out int[] result);
                string projection = Block(shape, nesting + 1, result, out _);
                return Composed(scope, $"Residual<{free}, {projection}>", result);
            case 17 when Parallel(scope, nesting) is { } parallel:
                return parallel;
            case 18 or 19 when scope.Composed.Where(earlier => earlier.Input.SequenceEqual(shape)).ToArray() is { Length: > 0 } earlier:
                (string owner, string layer, _, int[] output) = Pick(earlier);
                return Composed(scope, layer, output, $"Share = \"{owner}\"");
            default:
                scope.MoveTo(shape);
                return Pick(Activations);
        }
    }

    private string Dense(Values scope)
    {
        int[] input = scope.Shape;
        (string? shared, int units) = (null, Math.Max(1, Math.Min(Pick(Widths), LargestSample / (Count(input) / input[^1]))));
        if (Chance(0.3) && scope.Dense.Where(dense => dense.Inputs == input[^1]).ToArray() is { Length: > 0 } candidates)
        {
            (shared, _, units) = Pick(candidates);
        }
        scope.MoveTo([.. input[..^1], units]);
        if (shared is not null)
        {
            // Another layer may share with this one in turn.
            string name = scope.NameIt();
            scope.Dense.Add((name, input[^1], units));
            return $"Dense({units}, Name = \"{name}\", Share = \"{shared}\")";
        }
        if (Chance(0.3))
        {
            return With($"Dense({units})", Pick(Initializers));
        }
        string owner = scope.NameIt();
        scope.Dense.Add((owner, input[^1], units));
        return $"Dense({units}, Name = \"{owner}\")";
    }

    /// <summary>An Add or Concat with earlier values, where there are some that fit.</summary>
    private string? Combination(Values scope)
    {
        int[] shape = scope.Shape;
        int axis = shape.Length > 2 ? 0 : shape.Length - 1;
        bool adds = Chance(0.5);
        (string Name, int[] Shape)[] candidates = [.. scope.Named.Where(value => adds
            ? value.Shape.SequenceEqual(shape)
            : Others(value.Shape, axis).SequenceEqual(Others(shape, axis)))];
        if (candidates.Length == 0)
        {
            return null;
        }
        (string Name, int[] Shape)[] chosen = [.. Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Pick(candidates))];
        int joined = shape[axis] + chosen.Sum(value => value.Shape[axis]);
        if (!adds && Count(shape) / shape[axis] * joined > 2 * LargestSample)
        {
            return null;
        }
        scope.MoveTo(adds ? shape : [.. shape[..axis], joined, .. shape[(axis + 1)..]]);
        return $"{(adds ? "Add" : "Concat")}({string.Join(", ", chosen.Select(value => $"\"{value.Name}\""))})";

        static IEnumerable<int> Others(int[] shape, int axis) => [shape.Length, .. shape.Where((_, index) => index != axis)];
    }

    /// <summary>A layer of blocks, whose parameters a later one may share.</summary>
    private static string Composed(Values scope, string layer, int[] output, string share = "")
    {
        int[] input = scope.Shape;
        scope.MoveTo(output);
        string name = scope.NameIt();
        scope.Composed.Add((name, layer, input, output));
        return With(layer, $"Name = \"{name}\"", share);
    }

    /// <summary>A residual with a norm, as networks of images are made of; null where the norm would have too few numbers.</summary>
    private string? NormedResidual(Values scope)
    {
        int[] shape = scope.Shape;
        int channels = shape[shape.Length > 2 ? 0 : ^1];
        if (Count(shape) / channels < 4)
        {
            return null;
        }
        // An activation comes first and the convolution has no bias: the gradient of what a norm takes away again is nothing but rounding.
        string norm = Chance(0.6) ? "BatchNorm" : channels % 2 == 0 ? "GroupNorm(2)" : "InstanceNorm";
        string block = Define([Pick(["Tanh", "Sigmoid", "SiLU", "GELU"]), $"Conv{shape.Length - 1}D({channels}, {Pick([1, 3])}, Bias = false)", norm]);
        return Composed(scope, $"Residual<{block}>", shape);
    }

    /// <summary>Blocks side by side that differ in the channels of what they give; null where the whole would be too large.</summary>
    private string? Parallel(Values scope, int nesting)
    {
        int[] shape = scope.Shape;
        int axis = shape.Length > 2 ? 0 : shape.Length - 1;
        int[] channels = [.. Enumerable.Range(0, 2 + _random.Next(3)).Select(_ => 1 + _random.Next(5))];
        int[] joined = [.. shape[..axis], channels.Sum(), .. shape[(axis + 1)..]];
        if (Count(joined) > 2 * LargestSample)
        {
            return null;
        }
        string[] blocks = [.. channels.Select(count => Block(shape, nesting + 1, [.. shape[..axis], count, .. shape[(axis + 1)..]], out _))];
        return Composed(scope, $"Parallel<{string.Join(", ", blocks)}>", joined);
    }

    /// <summary>A product with an earlier value of one shape, or with a number for each channel on one side; null where there is none.</summary>
    private string? Product(Values scope)
    {
        int[] shape = scope.Shape;
        (string Name, int[] Shape)[] candidates = [.. scope.Named.Where(value => value.Shape.SequenceEqual(shape) || IsScale(value.Shape, shape) || IsScale(shape, value.Shape))];
        if (candidates.Length == 0)
        {
            return null;
        }
        (string name, int[] other) = Pick(candidates);
        scope.MoveTo(IsScale(shape, other) ? other : shape);
        return $"Multiply(\"{name}\")";

        static bool IsScale(int[] scale, int[] of)
        {
            int channels = of[of.Length > 2 ? 0 : ^1];
            return of.Length > 1 && (scale is [var single] ? single == channels : scale.Length == of.Length && Count(scale) == channels && scale[of.Length > 2 ? 0 : ^1] == channels);
        }
    }

    private string Block(int[] input, int nesting, int[]? output, out int[] result)
    {
        var scope = new Values();
        scope.DefineBlockInput(input);
        List<string> layers = Layers(scope, 1 + _random.Next(3), nesting);
        if (output is not null)
        {
            layers.AddRange(To(scope, output));
        }
        result = scope.Shape;
        return Define(layers);
    }

    private string Define(IEnumerable<string> layers)
    {
        string name = $"Block{_blocks.Count}";
        _blocks.Add($"[Block, {string.Join(", ", layers)}] file class {name};");
        return name;
    }

    /// <summary>The layers that give a value another shape; none where it has it.</summary>
    private List<string> To(Values scope, int[] shape)
    {
        int[] from = scope.Shape;
        if (from.SequenceEqual(shape))
        {
            return [];
        }
        scope.MoveTo(shape);
        if (_isOfImages && from.Length > 2 && from.Length == shape.Length && (from.Length == 3 || from[1..].SequenceEqual(shape[1..])))
        {
            string[] resized = from[1..].SequenceEqual(shape[1..]) ? [] : [$"AdaptiveAvgPool2D({shape[1]}, {shape[2]})"];
            return [.. resized, $"Conv{shape.Length - 1}D({shape[0]}, 1)"];
        }
        return from.Length <= 2 && from[..^1].SequenceEqual(shape[..^1])
            ? [$"Dense({shape[^1]})"]
            : ["Flatten", $"Dense({Count(shape)})", .. shape.Length == 1 ? Array.Empty<string>() : [$"Reshape({Text(shape)})"]];
    }

    private int[] Shape() => _isOfImages ? _images.Shape() : _random.Next(5) switch
    {
        0 or 1 => [Pick(Widths)],
        2 => [1 + _random.Next(6), 1 + _random.Next(20)],
        3 => [1 + _random.Next(4), 1 + _random.Next(5), 1 + _random.Next(6)],
        _ => [1 + _random.Next(3), 1 + _random.Next(3), 1 + _random.Next(4), 1 + _random.Next(4)],
    };

    private int[] Reshaped(int[] shape)
    {
        int rest = Count(shape);
        var result = new List<int>();
        for (int axis = _random.Next(4); axis > 0; axis--)
        {
            int[] divisors = [.. Enumerable.Range(1, rest).Where(divisor => rest % divisor == 0)];
            result.Add(Pick(divisors));
            rest /= result[^1];
        }
        return [.. result, rest];
    }

    private static int Count(int[] shape) => shape.Aggregate(1, (product, extent) => product * extent);

    private static string Text(IEnumerable<int> values) => string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>An attribute with more arguments.</summary>
    private static string With(string layer, params string[] arguments)
    {
        string more = string.Join(", ", arguments.Where(argument => argument.Length > 0));
        return more.Length == 0 ? layer : layer.EndsWith(')') ? $"{layer[..^1]}, {more})" : $"{layer}({more})";
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private bool Chance(double probability) => _random.NextDouble() < probability;
}
