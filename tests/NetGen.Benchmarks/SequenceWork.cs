namespace NetGen.Benchmarks;

/// <summary>Forward, softmax cross-entropy, backward and a step of plain gradient descent of a recurrence whose last state a dense layer classifies.</summary>
/// <param name="Cell"><c>lstm</c> or <c>gru</c>.</param>
/// <param name="Inputs">Features of a step.</param>
/// <param name="Units">Of the recurrence.</param>
/// <param name="Steps">Of a sequence.</param>
/// <param name="Batch">Sequences.</param>
internal sealed record RecurrentTraining(string Cell, int Inputs, int Units, int Steps, int Batch) : Work
{
    /// <summary>Of the dense layer.</summary>
    public const int Classes = 10;

    private int Gates => Cell == "lstm" ? 4 : 3;

    /// <summary>Forward, the gradient of the weight, and that of what it is multiplied with, which the inputs need not have.</summary>
    public override double Flops => 2.0 * Batch * (Steps * (double)Gates * Units * (2 * Inputs + 3 * Units) + 3 * Units * Classes);

    public override string ToString() => $"recurrent-training {Cell} {Inputs} {Units} {Steps} {Batch}";
}

/// <summary>Forward, softmax cross-entropy at each step, backward and a step of plain gradient descent of a causal transformer.</summary>
/// <param name="Blocks">Of attention and two dense layers, the first of which is four times as wide.</param>
/// <param name="Width">Features of a step.</param>
/// <param name="Heads">Of the attention.</param>
/// <param name="Steps">Of a sequence.</param>
/// <param name="Vocabulary">Ids.</param>
/// <param name="Batch">Sequences.</param>
internal sealed record TransformerTraining(int Blocks, int Width, int Heads, int Steps, int Vocabulary, int Batch) : Work
{
    // A step sees itself and those before it.
    private double AttentionProducts => 2.0 * Width * (Steps + 1) / 2;

    public override double Flops => 3 * 2.0 * Batch * Steps * (Blocks * (12.0 * Width * Width + AttentionProducts) + (double)Width * Vocabulary);

    public override string ToString() => $"transformer-training {Blocks} {Width} {Heads} {Steps} {Vocabulary} {Batch}";
}

/// <summary>One step of a stream through a recurrence, whose states go from step to step. The inputs of so many steps come in turns.</summary>
/// <param name="Cell"><c>lstm</c>.</param>
/// <param name="Inputs">Features of a step.</param>
/// <param name="Units">Of the recurrence.</param>
internal sealed record RecurrentStep(string Cell, int Inputs, int Units) : Work
{
    /// <summary>Inputs that come in turns; even, as peers take turns with two buffers.</summary>
    public const int Turns = 16;

    public override double Flops => 2.0 * 4 * Units * (Inputs + Units);

    public override string ToString() => $"recurrent-step {Cell} {Inputs} {Units}";
}

/// <summary>One step of a stream through a causal transformer, which keeps the keys and values of the steps before; after <paramref name="Steps"/> it starts again.</summary>
/// <param name="Blocks">Of attention and two dense layers, the first of which is four times as wide.</param>
/// <param name="Width">Features of a step.</param>
/// <param name="Heads">Of the attention.</param>
/// <param name="Steps">Of a sequence.</param>
/// <param name="Vocabulary">Ids.</param>
internal sealed record TransformerStep(int Blocks, int Width, int Heads, int Steps, int Vocabulary) : Work
{
    public override double Flops => 2.0 * (Blocks * (12.0 * Width * Width + Width * (Steps + 1)) + (double)Width * Vocabulary);

    public override string ToString() => $"transformer-step {Blocks} {Width} {Heads} {Steps} {Vocabulary}";
}
