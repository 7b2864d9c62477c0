namespace FromScratch;

/// <summary>A chapter of docs/from-scratch.</summary>
/// <param name="Name">What the command line calls it; its text is the page that ends in this name.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Run">Computes and prints all that the text quotes.</param>
public sealed record Chapter(string Name, string Title, Action<TextWriter> Run);

/// <summary>The chapters in order.</summary>
public static class Course
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Chapter> Chapters { get; } =
    [
        new("neuron", "a neuron, a layer, and the forward pass", NeuronChapter.Run),
        new("activations", "why a bend between two layers", ActivationChapter.Run),
        new("loss", "one number for how wrong it is", LossChapter.Run),
        new("backprop", "backpropagation by hand, and the same numbers from generated code", BackpropChapter.Run),
        new("descent", "gradient descent and its variants", DescentChapter.Run),
        new("initialisation", "where to start", InitialisationChapter.Run),
        new("generalisation", "over-fitting, splits and metrics", GeneralisationChapter.Run),
        new("hyperparameters", "what you choose and training does not", HyperparameterChapter.Run),
        new("debugging", "when it does not learn", DebuggingChapter.Run),
        new("convolution", "images", ConvolutionChapter.Run),
        new("recurrence", "sequences", RecurrenceChapter.Run),
        new("attention", "looking up what matters", AttentionChapter.Run),
    ];
}
