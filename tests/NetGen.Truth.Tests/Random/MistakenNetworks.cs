namespace NetGen.Truth;

/// <summary>Draws attribute lists that C# accepts and NetGen may not: anything in any order, with any argument.</summary>
internal sealed class MistakenNetworks
{
    private static readonly string[] Integers =
        ["1", "2", "3", "4", "6", "8", "12", "0", "-1", "-7", "46341", "65536", "100000", "400000000", "int.MaxValue", "int.MinValue", "4194304", "1048576"];
    private static readonly string[] Reals =
        ["0", "0.5f", "1", "-1", "2e-45f", "1e38f", "-1e38f", "float.NaN", "float.PositiveInfinity", "float.NegativeInfinity", "float.Epsilon", "float.MaxValue"];
    private static readonly string[] Names =
    [
        "\\0", "\\uD800",
        "a", "b", "a", "b", "input", "dense1", "relu1", "res1", "parallel1", "n", "loss", "output", "batch",
        "", "1a", "a.b", "a b", "ä", "class", "Predict", "Network", "a\\\"b", "{0}",
    ];
    private static readonly string[] Initializers = ["Default", "He", "Glorot", "LeCun", "Normal", "Uniform", "Zeros"];

    private static readonly string[] Losses =
    [
        "SoftmaxCrossEntropy", "SoftmaxCrossEntropy", "SigmoidCrossEntropy", "MeanSquaredError", "MeanAbsoluteError", "Hinge", "KLDivergence", "CosineDistance",
        "Contrastive", "Triplet", "Loss<LogCosh>", "Loss<Hidden>",
    ];

    private static readonly string[] LossesOfNumbers = ["Huber", "Quantile", "SoftmaxFocal", "SigmoidFocal", "Contrastive", "Triplet"];

    private const string Hidden = """

        file struct Hidden : IActivationFunction, ILossFunction
        {
            public static V Value<V>(V x) where V : struct, ILanes<V> => x;
            public static V Derivative<V>(V x) where V : struct, ILanes<V> => x;
            public static V Value<V>(V x, V t) where V : struct, ILanes<V> => x;
            public static V Derivative<V>(V x, V t) where V : struct, ILanes<V> => x;
        }
        """;

    private readonly Random _random;

    private MistakenNetworks(int seed) => _random = new(seed);

    public static (string Attributes, string Blocks) Draw(RandomCase given)
    {
        var networks = new MistakenNetworks(given.Seed);
        string blocks = string.Join("\n", Enumerable.Range(0, 3).Select(networks.Block));
        List<string> elements = [.. networks.Elements(given.Depth)];
        return ($"[{string.Join(", ", elements)}]", blocks + RandomLosses.Functions + Hidden);
    }

    private IEnumerable<string> Elements(int depth)
    {
        var elements = new List<string>();
        // Mostly as it should be, so that a mistake is met by what comes after the first checks.
        if (Chance(0.95))
        {
            elements.Add(Chance(0.8) ? Pick(["Input(4)", "Input(4)", "Input(3, 4)", "Input(3, 4)", "Input(2, 2, 3)", "Input(5, Type = InputType.Index)"]) : Input());
        }
        for (int index = 0; index < depth; index++)
        {
            elements.Add(Chance(0.65) ? Sound() : Element());
        }
        if (Chance(0.7))
        {
            elements.Add(Loss());
        }
        return elements;
    }

    private string Sound() => Pick(
    [
        "Dense(4)", "Dense(4)", "ReLU", "Tanh", "Dropout(0.5f)", "Flatten", "Softmax",
        "BatchNorm", "LayerNorm", "PReLU", "GRU(4)", "SelfAttention(2)", "Embedding(9, 4)",
        "Dense(4, Name = \"a\")", "Residual<Sound>", "Repeat<Sound>(2)", "GlobalAvgPool", "Conv2D(4, 1)", "MaxPool2D(1, 2)",
    ]);

    private string Element() => _random.Next(40) switch
    {
        0 or 1 => With($"Dense({Integer()})", Argument("Bias = false"),
            Argument($"Init = {Initializer()}"), Argument($"InitScale = {Real()}"), Argument($"Share = \"{Name()}\"")),
        2 => With($"{Pick(["LeakyReLU", "ELU", "Dropout"])}({Real()})"),
        3 => With(Pick(["ReLU", "GELU", "SiLU", "Sigmoid", "Tanh", "Softplus", "HardSwish", "Softmax", "Flatten"])),
        4 or 5 => With($"Reshape({Shape()})"),
        6 => With($"Rescale({Real()}, {Real()})"),
        7 => With(Pick(["Standardize", "MinMaxScale", "RobustScale"])),
        38 => With("Impute", Argument(Chance(0.8) ? "Kind = ImputeKind.Median" : "Kind = (ImputeKind)7")),
        39 => With(Pick(["Activation<Snake>", "Activation<Cut>", "Activation<Hidden>"])),
        8 or 9 => With($"{Pick(["Add", "Concat", "Multiply"])}({Pick(["", $"\"{Name()}\"", $"\"{Name()}\", \"{Name()}\""])})"),
        10 => With($"Residual<{BlockName()}>", Argument($"Share = \"{Name()}\"")),
        11 => With($"Residual<{BlockName()}, {BlockName()}>", Argument($"Share = \"{Name()}\"")),
        12 => With($"Repeat<{BlockName()}>({Pick(["1", "2", "3", "0", "-1", "10001", "int.MaxValue"])})", Argument($"Share = \"{Name()}\"")),
        15 or 16 => With($"Parallel<{string.Join(", ", Enumerable.Range(0, 2 + _random.Next(3)).Select(_ => BlockName()))}>", Argument($"Share = \"{Name()}\"")),
        13 => Input(),
        14 => Loss(),
        19 or 20 or 21 => With(
            $"{Pick(["Conv1D", "Conv2D", "Conv3D", "ConvTranspose1D", "ConvTranspose2D"])}({Integer()})",
            Sizes(), Window(), Argument($"Groups = {Integer()}"), Argument("Bias = false")),
        22 => With($"DepthwiseConv2D({Sizes()})", Window(), Argument($"Multiplier = {Integer()}")),
        23 or 24 => With($"{Pick(["MaxPool1D", "MaxPool2D", "AvgPool1D", "AvgPool2D"])}({Sizes()})", Window(dilates: false)),
        25 => With(Pick(["GlobalMaxPool", "GlobalAvgPool", $"AdaptiveAvgPool2D({Sizes()})"])),
        26 => With($"Upsample2D({Sizes()})", Argument(Chance(0.8) ? "Mode = UpsampleMode.Bilinear" : "Mode = (UpsampleMode)7")),
        27 => With($"Pad({Sizes()})", Argument($"Value = {Real()}")),
        28 => With(Chance(0.5) ? $"Permute({Sizes()})" : "Permute(1, 0)"),
        29 => With($"Slice({Integer()}, {Integer()}, {Integer()})"),
        30 => With(Pick(["BatchNorm", "LayerNorm", "RMSNorm", "InstanceNorm", $"GroupNorm({Integer()})"]), Argument($"Epsilon = {Real()}"), Argument($"Share = \"{Name()}\"")),
        31 => With("PReLU", Argument($"Slope = {Real()}"), Argument("PerChannel = false")),
        32 => With(
            $"{Pick(["LSTM", "GRU", "SimpleRNN"])}({Integer()})",
            Argument($"Layers = {Integer()}"), Argument("ReturnSequences = false"), Argument($"Dropout = {Real()}"), Argument($"Share = \"{Name()}\"")),
        33 => With($"SelfAttention({Integer()})", Argument("Causal = true"), Argument($"Window = {Integer()}"), Argument("Rotary = true"), Argument($"RotaryBase = {Real()}")),
        34 => With($"CrossAttention(\"{Name()}\", {Integer()})"),
        35 => With($"Embedding({Integer()}, {Integer()})", Argument($"Scale = {Real()}")),
        36 => With("PositionalEmbedding", Argument("Kind = PositionKind.Sinusoidal"), Argument($"Scale = {Real()}")),
        37 => With(Pick(["LastStep", "MeanOverTime", "MaxOverTime", $"Bidirectional<{BlockName()}>", $"CausalConv1D({Integer()}, {Integer()})", $"SpatialDropout({Real()})"])),
        17 or 18 => Call($"Output(\"{Name()}\")", Argument($"Weight = {Real()}")),
        _ => "Dense(4)",
    };

    /// <summary>One number, one an axis, or any other count of them.</summary>
    private string Sizes() => string.Join(", ", Enumerable.Range(0, Pick([1, 1, 1, 2, 2, 3, 4, 6, 0])).Select(_ => Chance(0.7) ? Pick(["1", "2", "3"]) : Integer()));

    /// <summary>Arguments of a sliding window, some of which exclude each other.</summary>
    private string Window(bool dilates = true) => string.Join(", ", new[]
    {
        Argument($"Stride = {Integer()}"), Argument($"Strides = {Numbers()}"), dilates ? Argument($"Dilation = {Integer()}") : "", dilates ? Argument($"Dilations = {Numbers()}") : "",
        Argument(Chance(0.9) ? $"Padding = Padding.{Pick(["Same", "None", "SameUpper"])}" : "Padding = (Padding)9"), Argument($"Pad = {Integer()}"), Argument($"Pads = {Numbers()}"),
    }.Where(argument => argument.Length > 0));

    private string Numbers() => Sizes() is { Length: > 0 } sizes ? $"new[] {{ {sizes} }}" : "new int[0]";

    private string Loss() => _random.Next(5) switch
    {
        0 => $"{Pick(LossesOfNumbers)}({Real()})",
        1 => Call(Pick(["SoftmaxCrossEntropy", "SoftmaxFocal"]), Argument($"ClassWeights = {Weights()}")),
        2 => Call("SigmoidCrossEntropy", Argument($"PositiveWeights = {Weights()}")),
        3 => Call("SoftmaxCrossEntropy", Argument($"LabelSmoothing = {Real()}")),
        _ => Pick(Losses),
    };

    private string Weights() => $"new float[] {{ {string.Join(", ", Enumerable.Range(0, 4).Select(_ => Pick(["1", "0.5f", "1", Real()])))} }}";

    private string Input() => Call($"Input({Shape()})", Chance(0.5) ? $"Name = \"{Name()}\"" : "");

    /// <summary>A block: sound, wrong, empty, not marked, or using other blocks (itself among them).</summary>
    private string Block(int index)
    {
        string elements = string.Join(", ", Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Chance(0.7) ? Sound() : Element()));
        return _random.Next(6) switch
        {
            0 => $"[Block] file class Block{index};",
            1 => $"[{elements}] file class Block{index};",
            _ => $"[Block, {elements}] file class Block{index};",
        } + (index == 0 ? "\n[Block, Dense(4)] file class Sound;" : "");
    }

    private string BlockName() => Pick(["Sound", "Sound", "Block0", "Block1", "Block2", "string", "System.Collections.Generic.List<int>"]);

    private string Shape() => Pick(
    [
        "", Integer(), $"{Integer()}, {Integer()}", $"{Integer()}, -1, {Integer()}", $"{Integer()}, {Integer()}, {Integer()}, -1",
        "-1", "2, -1", "4", "2, 2", "65536, 65536, 65536, 65536", "1, 1, 1, 1, 1",
    ]);

    private string Integer() => Pick(Integers);

    private string Real() => Pick(Reals);

    private string Name() => Pick(Names);

    private string Initializer() => Chance(0.9) ? $"Initializer.{Pick(Initializers)}" : "(Initializer)99";

    private string Argument(string argument) => Chance(0.2) ? argument : "";

    /// <summary>A layer with more arguments, its name and what it reads from among them.</summary>
    private string With(string layer, params string[] arguments) =>
        Call(layer, [.. arguments, Argument($"Name = \"{Name()}\""), Argument($"From = \"{Name()}\"")]);

    private static string Call(string layer, params string[] arguments)
    {
        (string name, string given) = layer.Split('(', 2) is [var before, var after] ? (before, after[..^1]) : (layer, "");
        return $"{name}({string.Join(", ", arguments.Prepend(given).Where(argument => argument.Length > 0))})";
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private bool Chance(double probability) => _random.NextDouble() < probability;
}
