using System.Collections.Generic;

namespace NetGen.Compiler.Issues;

/// <summary>Every mistake that NetGen reports. Each has a page in <c>docs/diagnostics</c> and a row in the generator's <c>AnalyzerReleases</c> file.</summary>
public static class IssueDescriptors
{
    // Declarations: found by the generator's reader of symbols.
    public static readonly IssueDescriptor NotPartial = new(
        "NETG001", "A network must be partial", "'{0}' must be partial so that NetGen can add members to it; write 'partial class {0}'");

    public static readonly IssueDescriptor UnsupportedType = new(
        "NETG002", "This type cannot be a network", "'{0}' cannot be a network because it is {1}; {2}");

    public static readonly IssueDescriptor SeveralDeclarations = new(
        "NETG003", "Layers on several declarations", "The layers of '{0}' stand on {1} declarations, so their order is not defined; put all of them on one");

    public static readonly IssueDescriptor NamedLikeMember = new(
        "NETG004",
        "A network named like one of its members",
        "'{0}' has a generated member of the same name, which C# does not allow; rename the class, such as '{1}'");

    public static readonly IssueDescriptor DeclaresMember = new(
        "NETG005",
        "A member that NetGen generates",
        "'{0}' declares '{1}', which NetGen generates too; give yours another name");

    public static readonly IssueDescriptor NotMarked = new(
        "NETG006", "Layers that nothing compiles", "'{0}' has an input and layers, but is not marked [Network], so nothing is generated for it; add [Network]", IssueSeverity.Warning);

    // Structure: which elements, in which order.
    public static readonly IssueDescriptor NoInput = new(
        "NETG010", "No input", "'{0}' has no input; start its layers with [Input(...)], such as [Input(64)] or [Input(1, 28, 28)]");

    public static readonly IssueDescriptor LayerBeforeInput = new(
        "NETG011", "Layer before the input", "{0} stands before any [Input]; a network starts with its inputs, so move [Input(...)] above it");

    public static readonly IssueDescriptor NoLayers = new(
        "NETG012", "No layers", "'{0}' has no layers; add some after its input, such as [Dense(10)]");

    public static readonly IssueDescriptor MisplacedElement = new(
        "NETG013", "Element in the wrong place", "{0} cannot stand here: {1}");

    public static readonly IssueDescriptor UnusableBlock = new(
        "NETG014", "Not a usable block", "{0} cannot use '{1}' because {2}");

    public static readonly IssueDescriptor AfterLastOutput = new(
        "NETG015", "Layers after the last output", "{0} comes after the last [Output], so nothing uses what it gives; add an [Output] after it, or remove it");

    public static readonly IssueDescriptor HiddenFunction = new(
        "NETG016", "Function that generated code cannot see", "{0} cannot use '{1}', because it is {2} and the generated code lies outside; make it internal or public");

    // Arguments of one element.
    public static readonly IssueDescriptor InvalidArgument = new(
        "NETG020", "Argument out of range", "{0} expects {1} {2}, got {3}");

    public static readonly IssueDescriptor ConflictingArguments = new(
        "NETG021", "Arguments that exclude each other", "{0}: {1}");

    public static readonly IssueDescriptor GeneratedArgument = new(
        "NETG022",
        "Argument that is itself generated",
        "'{0}' was not compiled, because an argument of one of its layers is a constant that NetGen generates; write the number, or a constant of your own");

    // Names.
    public static readonly IssueDescriptor DuplicateName = new(
        "NETG030", "Two layers of one name", "The name '{0}' is already used by {1}; names are unique within a block, so choose another");

    public static readonly IssueDescriptor UnknownName = new(
        "NETG031", "Unknown name", "Nothing before {0} is named '{1}'; {2}");

    public static readonly IssueDescriptor Cycle = new(
        "NETG032", "Cycle", "{0} refers to '{1}', which {2}; a network has no cycles, so refer to an earlier layer");

    public static readonly IssueDescriptor InvalidName = new(
        "NETG033", "Invalid name", "'{0}' cannot name a layer; use a letter followed by letters, digits and underscores, such as \"stem\"");

    public static readonly IssueDescriptor CannotShare = new(
        "NETG034", "Parameters cannot be shared", "{0} cannot share the parameters of '{1}': {2}");

    // Shapes.
    public static readonly IssueDescriptor WantsFlat = new(
        "NETG040", "Flat input expected", "{0} expects a flat or (time, features) input, but {1} gives {2}; add [Flatten] ({3} features) before it");

    public static readonly IssueDescriptor ShapesDiffer = new(
        "NETG041", "Shapes that cannot be combined", "{0} expects {1}, but {2} gives {3} and {4} gives {5}; {6}");

    public static readonly IssueDescriptor CannotReshape = new(
        "NETG042", "Reshape of another size", "{0} has {1} elements, but {2} gives {3} ({4} elements); use a shape of {4} elements, or -1 for one extent");

    public static readonly IssueDescriptor TooLarge = new(
        "NETG043", "Network too large", "{0} would need {1}, more than the 2^31 - 1 that one buffer holds; {2}");

    /// <summary>What to do against most of what is <see cref="TooLarge"/>.</summary>
    public const string MakeSmaller = "make the layer smaller";

    public static readonly IssueDescriptor WantsImage = new(
        "NETG044", "Image or sequence expected", "{0} expects {1}, but {2} gives {3}; add {4} before it, or use the layer for this shape");

    public static readonly IssueDescriptor KernelTooLarge = new(
        "NETG045", "Kernel larger than its image", "{0} has a kernel of {1}{2}, but {3} gives an image of {4}{5}; use a smaller kernel, or pad the image");

    public static readonly IssueDescriptor EvenKernel = new(
        "NETG046",
        "Even kernel with symmetric padding",
        "{0} cannot pad a kernel of {1}{2} evenly on both sides; use an odd kernel, or Padding.SameUpper, which pads one pixel more at the end");

    public static readonly IssueDescriptor IndivisibleChannels = new(
        "NETG047", "Channels not divisible by groups", "{0} has {1} groups, which do not divide {2}; use a number of groups that divides both, such as {3}");

    public static readonly IssueDescriptor PoolDropsPixels = new(
        "NETG048",
        "A pool that leaves pixels out",
        "{0} leaves out {1} of the {2} that {3} gives, where its {4} do not fit any more; pad the {5}, for instance with Padding.SameUpper{6}, if they matter",
        IssueSeverity.Info);

    public static readonly IssueDescriptor IdsAndNumbers = new(
        "NETG049", "Ids and numbers confused", "{0} expects {1}, but {2} gives {3}; {4}");

    // Losses.
    public static readonly IssueDescriptor LossDoesNotFit = new(
        "NETG050", "Loss that does not fit the output", "{0} expects {1}, but {2} gives {3}; {4}");

    public static readonly IssueDescriptor OutputWithoutLoss = new(
        "NETG051",
        "Output without a loss",
        "Output '{0}' has no loss, but '{1}' has one; put a loss directly after it, such as [MeanSquaredError], or remove the other for a network that only predicts");

    // States over time.
    public static readonly IssueDescriptor CannotStream = new(
        "NETG052", "No step by step", "{0} {1}, so the network cannot take a sequence step by step; {2}");

    public static readonly IssueDescriptor CannotCarry = new(
        "NETG053", "No states to carry", "{0} {1}, so no states can be carried from one batch to the next; {2}");

    // Weights.
    public static readonly IssueDescriptor UnknownWeights = new(
        "NETG060", "Weights that the project does not name", "'{0}' has the weights of '{1}', but the project has no <NetGenWeights Include=\"{1}\" />; {2}");

    public static readonly IssueDescriptor UnreadableWeights = new(
        "NETG061", "Unreadable weights", "'{0}' cannot be read: {1}");

    public static readonly IssueDescriptor WeightsDoNotFit = new(
        "NETG062", "Weights that do not fit", "'{0}': tensor {1}: expected {2}, found {3}; {4}");

    public static readonly IssueDescriptor WeightsOfAnother = new(
        "NETG063", "Weights of another network", "'{0}': expected {1}, found {2}; {3}");

    public static readonly IssueDescriptor FrozenDoesNotFit = new(
        "NETG064", "Frozen weights that do not fit", "'{0}' {1}; {2}");

    public static readonly IssueDescriptor InferenceWithoutWeights = new(
        "NETG065",
        "Inference without weights",
        "'{0}' only predicts, with parameters that are fixed, but has none; add [Weights(\"file\")], or leave Mode out for a network to train or load");

    public static readonly IssueDescriptor NoLiterals = new(
        "NETG066", "Weights that cannot be literals", "'{0}' {1}; leave As out, and the weights are the file itself, as a resource");

    // Budgets.
    public static readonly IssueDescriptor OverBudget = new(
        "NETG070", "Over budget", "'{0}' takes {1} {2}, more than the {3} of {4}; the most of it is {5} with {6}, so make that smaller, or raise the budget");

    public static readonly IssueDescriptor InvalidBudget = new(
        "NETG071", "Not a budget", "{0} expects {1}, got {2}; {3}");

    // Habits: what is legal, and most of the time not meant. An information is what published networks do on purpose.
    public static readonly IssueDescriptor WantsLogits = new(
        "NETG080", "No logits for the loss", "{0} expects logits, which are any numbers, but {1} gives {2}; remove [{3}]{4}", IssueSeverity.Warning);

    public static readonly IssueDescriptor NeverNegative = new(
        "NETG081",
        "Rectified output",
        "{0} gives no number below 0, and learns nothing where it gives 0, but {1} compares it with targets; remove [{2}], or use [Softplus] if targets are never negative",
        IssueSeverity.Warning);

    public static readonly IssueDescriptor TwoActivations = new(
        "NETG082", "Two activations in a row", "{0} acts on what the activation {1} gives; remove [{2}], or put a layer with parameters between them", IssueSeverity.Warning);

    public static readonly IssueDescriptor DropoutLast = new(
        "NETG083",
        "Dropout of an output",
        "{0} zeroes {1}% of the outputs while training, which {2} then compares with targets; remove [{3}], or move it before the last layer with parameters",
        IssueSeverity.Warning);

    public static readonly IssueDescriptor NormAfterDropout = new(
        "NETG084",
        "Batch norm after dropout",
        "{0} learns a variance that {1} makes at least {2} times as large while training as in prediction; put [BatchNorm] before [{3}]",
        IssueSeverity.Info);

    public static readonly IssueDescriptor BiasBeforeNorm = new(
        "NETG085", "Bias before batch norm", "{0} adds a bias of {1} numbers, which {2} takes away again with the mean; leave it out with Bias = false", IssueSeverity.Info);

    public static readonly IssueDescriptor NothingUses = new(
        "NETG086",
        "Nothing uses it",
        "Nothing uses what {0} gives, {1}; read it in a later layer with From = \"{0}\" or [Concat(\"{0}\")], or remove it",
        IssueSeverity.Warning);

    public static readonly IssueDescriptor BeyondUnrolling = new(
        "NETG087",
        "Too large to unroll",
        "'{0}' is to be unrolled, but {1}: {2}; leave Unroll out, or make the layer smaller",
        IssueSeverity.Info);

    /// <summary>All descriptors, by id.</summary>
    public static IReadOnlyList<IssueDescriptor> All { get; } =
    [
        NotPartial, UnsupportedType, SeveralDeclarations, NamedLikeMember, DeclaresMember, NotMarked, NoInput, LayerBeforeInput, NoLayers,
        MisplacedElement, UnusableBlock, AfterLastOutput, HiddenFunction, InvalidArgument, ConflictingArguments, GeneratedArgument,
        DuplicateName, UnknownName, Cycle, InvalidName, CannotShare, WantsFlat, ShapesDiffer, CannotReshape, TooLarge,
        WantsImage, KernelTooLarge, EvenKernel, IndivisibleChannels, PoolDropsPixels, IdsAndNumbers, LossDoesNotFit, OutputWithoutLoss, CannotStream, CannotCarry,
        UnknownWeights, UnreadableWeights, WeightsDoNotFit, WeightsOfAnother, FrozenDoesNotFit, InferenceWithoutWeights, NoLiterals,
        OverBudget, InvalidBudget,
        WantsLogits, NeverNegative, TwoActivations, DropoutLast, NormAfterDropout, BiasBeforeNorm, NothingUses, BeyondUnrolling,
    ];
}
