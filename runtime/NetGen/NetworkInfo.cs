namespace NetGen;

/// <summary>What a compiled network is: its inputs, layers, parameters and state, as tables.</summary>
public sealed partial record NetworkInfo
{
    /// <summary>The class's name without its namespace.</summary>
    public required string Name { get; init; }

    /// <summary>A hash of all that decides the meaning of the parameters: layers, shapes, names. Files carry it.</summary>
    public required string ArchitectureHash { get; init; }

    /// <summary>The inputs in order of declaration; a sample is one row of all of them.</summary>
    public required IReadOnlyList<InputInfo> Inputs
    {
        get;
        init
        {
            // Computed here because every prediction asks for the size.
            field = value;
            InputSize = value.Sum(input => input.Shape.Count);
            HasIds = value.Any(input => input.Vocabulary > 0);
        }
    }

    /// <summary>The shape of one sample's output; of the whole row, flat, where there are several outputs.</summary>
    public required Shape OutputShape
    {
        get;
        init
        {
            field = value;
            OutputSize = value.Count;
        }
    }

    /// <summary>
    /// The loss that the network is trained with; <see cref="LossKind.None"/> for inference only, <see cref="LossKind.WeightedSum"/> for several outputs.
    /// </summary>
    public required LossKind Loss { get; init; }

    /// <summary>The outputs in order of declaration; one of the name <c>output</c> where the network declares none. A sample's output is one row of all of them.</summary>
    public IReadOnlyList<OutputInfo> Outputs
    {
        get => field ??= [new OutputInfo("output", OutputShape, 0, Loss, 1)];
        init;
    }

    /// <summary>The layers, in order of execution.</summary>
    public required IReadOnlyList<LayerInfo> Layers { get; init; }

    /// <summary>The parameters, in order of their place in <see cref="INetwork.Parameters"/>.</summary>
    public required IReadOnlyList<TensorInfo> Parameters { get; init; }

    /// <summary>What is kept but not trained (a fitted standardisation), in order of its place in <see cref="INetwork.State"/>.</summary>
    public required IReadOnlyList<TensorInfo> State { get; init; }

    /// <summary>Floats in one sample: the sum of all inputs.</summary>
    public int InputSize { get; private init; }

    /// <summary>Whether an input holds ids.</summary>
    internal bool HasIds { get; private init; }

    /// <summary>Floats in one sample's output.</summary>
    public int OutputSize { get; private init; }

    /// <summary>Floats in one sample's target: the sum of what all outputs' losses take; 0 where a network's loss takes none.</summary>
    public int TargetSize
    {
        get
        {
            if (Loss != LossKind.WeightedSum)
            {
                return OutputInfo.TargetsOf(Loss, OutputSize);
            }
            // By index: the enumerator of an interface is allocated.
            int size = 0;
            for (int i = 0; i < Outputs.Count; i++) size += Outputs[i].TargetCount;
            return size;
        }
    }

    /// <summary>Class indices that one sample's target holds where the loss takes classes (1, or one a time step); otherwise 0.</summary>
    public int ClassesPerSample => Loss is LossKind.SoftmaxCrossEntropy or LossKind.SoftmaxFocal ? OutputSize / OutputShape[OutputShape.Rank - 1] : 0;

    /// <summary>Whether the one output tells two classes apart, so that targets may be classes 0 and 1.</summary>
    internal bool IsBinary => OutputSize == 1 && Loss is (LossKind.SigmoidCrossEntropy or LossKind.SigmoidFocal);

    /// <summary>
    /// Time steps that <see cref="Batch.Lengths"/> count, of which some may not be real: those of the input where layers have use for lengths, otherwise those of an output over time, whose
    /// loss has; 0 where nothing has.
    /// </summary>
    public int SequenceLength { get; init; }

    /// <summary>Whether a number of an input may be NaN, one that is not known, which <c>[Impute]</c> fills in.</summary>
    public bool TakesMissing { get; init; }

    /// <summary>Trainable numbers, gaps for alignment not counted.</summary>
    public int ParameterCount => Parameters.Sum(parameter => parameter.Shape.Count);

    /// <summary>Floating-point operations of one sample's prediction; a multiply-add counts as two.</summary>
    public long Flops => Layers.Sum(layer => layer.Flops);
}

/// <summary>One input of a network.</summary>
/// <param name="Name">As declared; <c>input</c> by default.</param>
/// <param name="Shape">Of one sample.</param>
/// <param name="Vocabulary">How many ids there are, from 0, where the input holds ids; 0 where it holds numbers.</param>
public sealed record InputInfo(string Name, Shape Shape, int Vocabulary = 0);

/// <summary>One output of a network.</summary>
/// <param name="Name">As declared.</param>
/// <param name="Shape">Of one sample.</param>
/// <param name="Start">Where it starts in the row of a sample's outputs, in floats.</param>
/// <param name="Loss">The loss that it is trained with; <see cref="LossKind.None"/> for inference only.</param>
/// <param name="Weight">How much its mean loss counts in the network's loss.</param>
/// <param name="TargetStart">Where its part starts in the row of a sample's targets, in floats; where it does in the row of outputs by default.</param>
public sealed record OutputInfo(string Name, Shape Shape, int Start, LossKind Loss, float Weight, int? TargetStart = null)
{
    /// <summary>
    /// Floats that its loss takes as target of a sample: as many as the output has, but 1 with <see cref="LossKind.Contrastive"/> and none with <see cref="LossKind.Triplet"/>.
    /// </summary>
    public int TargetCount => TargetsOf(Loss, Shape.Count);

    /// <summary>The place of its part in the row of a sample's targets: <c>target[info.Outputs[1].TargetRange]</c>.</summary>
    public Range TargetRange => (TargetStart ?? Start)..((TargetStart ?? Start) + TargetCount);

    internal static int TargetsOf(LossKind loss, int outputs) => loss switch { LossKind.Contrastive => 1, LossKind.Triplet => 0, _ => outputs };

    /// <summary>Its place in the row of a sample's outputs: <c>row[info.Outputs[1].Range]</c>.</summary>
    public Range Range => Start..(Start + Shape.Count);
}

/// <summary>One layer of a network.</summary>
/// <param name="Name">Its path, such as <c>res1.dense2</c>.</param>
/// <param name="Description">As the user wrote it, such as <c>Dense(128)</c>.</param>
/// <param name="OutputShape">Of one sample.</param>
/// <param name="ParameterCount">Trainable numbers that this layer owns; shared ones count where they are first used.</param>
/// <param name="Flops">Floating-point operations of one sample's prediction.</param>
public sealed record LayerInfo(string Name, string Description, Shape OutputShape, int ParameterCount, long Flops);
