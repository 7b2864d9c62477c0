namespace NetGen.Truth;

/// <summary>
/// Draws networks of sequences: recurrences in one direction and both, attention to the sequence itself and to another one, causal convolutions, norms,
/// positions, residuals, sums and shared parameters, and an output at each step or of what is made of all steps.
/// </summary>
internal sealed class RandomSequences
{
    private static readonly string[] Activations = ["Tanh", "Sigmoid", "GELU", "SiLU", "Activation<Snake>"];
    private static readonly string[] Rates = ["0.1f", "0.5f"];

    // A head of two features has one pair to turn; 17 and 19 leave a rest at every vector width.
    private static readonly int[] Widths = [4, 6, 8, 12, 16, 17, 19];

    private readonly Random _random;
    private readonly List<string> _blocks = [];
    private readonly List<(string Name, int Width)> _named = [];
    private readonly List<(string Attribute, int Inputs, int Width)> _shared = [];
    private readonly Dictionary<string, int> _vocabularies = [];
    private int _width;
    private int _blocksOpen;
    private int _names;

    private RandomSequences(int seed) => _random = new(seed);

    /// <summary>The attributes and blocks of one network.</summary>
    public static (string Attributes, string Blocks) Draw(RandomCase given)
    {
        var network = new RandomSequences(given.Seed);
        return ($"[{string.Join(", ", network.Network(given.Depth))}]", string.Join("\n", network._blocks) + RandomLosses.Functions);
    }

    private IEnumerable<string> Network(int depth)
    {
        string loss = Chance(0.75) ? RandomLosses.Draw(_random) : "";
        int steps = 1 + _random.Next(7);
        bool hasSource = Chance(0.3);
        var elements = new List<string>();
        if (hasSource)
        {
            elements.Add(Sequence("source", 1 + _random.Next(7)));
            elements.Add(Sequence("input", steps));
            elements.Add(First("source", out int width));
            elements.Add($"{Recurrence(width)[..^1]}, Name = \"memory\")");
        }
        else
        {
            elements.Add(Sequence("input", steps));
        }
        elements.Add(First("input", out _width));
        for (int layer = 0; layer < depth; layer++)
        {
            elements.Add(Layer(hasSource, nesting: 0));
            if (Chance(0.3) && !elements[^1].Contains("Name = ", StringComparison.Ordinal))
            {
                elements[^1] = With(elements[^1], $"Name = \"n{++_names}\"");
                _named.Add(($"n{_names}", _width));
            }
        }
        int last = RandomLosses.Width(loss, _random);
        if (Chance(0.5) || !RandomLosses.Fits(loss, [steps, last]))
        {
            elements.Add(Chance(0.25) ? With(Recurrence(_width = Pick(Widths)), "ReturnSequences = false") : Pick(["LastStep", "MeanOverTime", "MaxOverTime"]));
        }
        elements.Add($"Dense({last}, Name = \"last\")");
        return loss.Length == 0 ? elements : [.. elements, RandomLosses.With(loss, [last], _random)];
    }

    private string Sequence(string name, int steps)
    {
        int vocabulary = Chance(0.5) ? 1 + _random.Next(12) : 0;
        _vocabularies[name] = vocabulary;
        return vocabulary > 0 ? $"Input({steps}, Type = InputType.Index, Name = \"{name}\")" : $"Input({steps}, {1 + _random.Next(9)}, Name = \"{name}\")";
    }

    /// <summary>What makes vectors of a declared sequence.</summary>
    private string First(string input, out int width)
    {
        width = Pick(Widths);
        return _vocabularies[input] is > 0 and var vocabulary ? $"Embedding({vocabulary}, {width}, Scale = 1, From = \"{input}\")" : $"Dense({width}, From = \"{input}\")";
    }

    /// <summary>One layer, as its attribute, from a sequence to a sequence.</summary>
    private string Layer(bool hasSource, int nesting)
    {
        switch (_random.Next(14))
        {
            case 0 or 1 or 2:
                return SharedOrOwn(() => Layered(Recurrence(_width = Pick(Widths))));
            case 3:
                return Bidirectional();
            case 4 or 5:
                return Attention("SelfAttention(", isSelf: true);
            case 6 when hasSource && nesting == 0:
                // The memory is as wide as it likes.
                return Attention("CrossAttention(\"memory\", ", isSelf: false);
            case 6 or 7:
                int kernel = 1 + _random.Next(3);
                _width = Pick(Widths);
                return With($"CausalConv1D({_width}, {kernel})", Chance(0.5) ? $"Dilation = {1 + _random.Next(4)}" : "");
            case 8:
                return Chance(0.5) ? "PositionalEmbedding(Scale = 0.5f)" : "PositionalEmbedding(Kind = PositionKind.Sinusoidal)";
            case 9:
                return Pick(["LayerNorm", "RMSNorm"]);
            case 10 when nesting < 2:
                return Residual(nesting);
            case 11:
                return $"Dropout({Pick(Rates)})";
            case 12 when nesting == 0 && _named.Where(value => value.Width == _width).ToArray() is { Length: > 0 } equal:
                return $"Add(\"{Pick(equal).Name}\")";
            case 13:
                return SharedOrOwn(() => $"Dense({_width = Pick(Widths)})");
            default:
                return Pick(Activations);
        }
    }

    /// <summary>An earlier layer's parameters once more, or a layer of its own that later ones may share; blocks cannot see what is outside.</summary>
    private string SharedOrOwn(Func<string> own)
    {
        int inputs = _width;
        if (_blocksOpen == 0 && Chance(0.3) && _shared.Where(layer => layer.Inputs == inputs).ToArray() is { Length: > 0 } candidates)
        {
            (string attribute, _, _width) = Pick(candidates);
            return attribute;
        }
        string layer = own();
        if (_blocksOpen > 0 || Chance(0.5))
        {
            return layer;
        }
        string name = $"n{++_names}";
        _shared.Add((With(layer, $"Share = \"{name}\""), inputs, _width));
        _named.Add((name, _width));
        return With(layer, $"Name = \"{name}\"");
    }

    private string Recurrence(int units) => $"{Pick(["LSTM", "GRU", "SimpleRNN"])}({units})";

    private string Layered(string recurrence) => Chance(0.25) ? With(recurrence, "Layers = 2", Chance(0.5) ? $"Dropout = {Pick(Rates)}" : "") : recurrence;

    private string Bidirectional()
    {
        int units = Pick(Widths) / 2;
        _width = 2 * units;
        return $"Bidirectional<{Define([Layered(Recurrence(units))])}>";
    }

    private string Attention(string start, bool isSelf)
    {
        int[] heads = [.. new[] { 1, 2, 3, 4 }.Where(heads => _width % heads == 0)];
        int chosen = Pick(heads);
        bool isCausal = isSelf && Chance(0.5);
        return With(
            $"{start}{chosen})",
            isCausal ? "Causal = true" : "",
            isCausal && Chance(0.5) ? $"Window = {1 + _random.Next(4)}" : "",
            isSelf && _width / chosen % 2 == 0 && Chance(0.4) ? "Rotary = true" : "",
            Chance(0.3) ? $"Dropout = {Pick(Rates)}" : "",
            Chance(0.3) ? "Bias = false" : "");
    }

    private string Residual(int nesting)
    {
        int width = _width;
        _blocksOpen++;
        List<string> layers = [.. Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Layer(hasSource: false, nesting + 1))];
        _blocksOpen--;
        if (_width != width)
        {
            layers.Add($"Dense({width})");
            _width = width;
        }
        return $"Residual<{Define(layers)}>";
    }

    private string Define(IEnumerable<string> layers)
    {
        string name = $"Block{_blocks.Count}";
        _blocks.Add($"[Block, {string.Join(", ", layers)}] file class {name};");
        return name;
    }

    /// <summary>An attribute with more arguments.</summary>
    private static string With(string layer, params string[] arguments)
    {
        string more = string.Join(", ", arguments.Where(argument => argument.Length > 0));
        return more.Length == 0 ? layer : layer.EndsWith(')') ? $"{layer[..^1]}, {more})" : $"{layer}({more})";
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private bool Chance(double probability) => _random.NextDouble() < probability;
}
