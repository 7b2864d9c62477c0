using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Emit;

/// <summary>Prints a network that did not compile: its members without bodies, so that one mistake in it does not bring errors wherever it is used.</summary>
internal static class SignatureEmitter
{
    public static string Emit(NetworkSpec spec)
    {
        bool inference = spec.Mode == NetworkMode.Inference;
        bool trainable = !inference && spec.Elements.Any(element => LossTable.Find(element.Kind) is not null);
        var writer = new SourceWriter();
        NetworkEmitter.Header(writer, spec.Type);
        NetworkEmitter.OpenNamespace(writer, spec.Type);
        NetworkEmitter.OpenType(writer, spec.Type, ApiEmitter.Interfaces(spec.Mode, trainable, spec.MustStream, spec.IsStateful && trainable));
        string message = Literal.Of($"{spec.Type.Name} did not compile: see the NETG errors of the build.");
        writer.Line($"""
            #pragma warning disable CS1591
            public const int InputSize = 1;
            public const int OutputSize = 1;
            public const int ParameterCount = 0;
            public const int WorkspaceSize = 0;
            private static global::System.InvalidOperationException NetgenNotCompiled => new({message});
            public {spec.Type.Name}({(inference ? "" : $"long seed = 0{(trainable ? ", int maxBatch = 0" : "")}")}) => throw NetgenNotCompiled;
            public static global::NetGen.NetworkInfo Info => throw NetgenNotCompiled;
            global::NetGen.NetworkInfo global::NetGen.IPredictor.Info => throw NetgenNotCompiled;
            int global::NetGen.IPredictor.WorkspaceSize => throw NetgenNotCompiled;
            public static string Summary() => throw NetgenNotCompiled;
            public global::System.{(inference ? "ReadOnlySpan" : "Span")}<float> Parameters => throw NetgenNotCompiled;
            global::NetGen.FrozenForm global::NetGen.IFreezable.FrozenForm => throw NetgenNotCompiled;
            void global::NetGen.IFreezable.Freeze(global::System.Span<float> destination) => throw NetgenNotCompiled;
            public void Predict(global::System.ReadOnlySpan<float> input, global::System.Span<float> output) => throw NetgenNotCompiled;
            public void Predict(global::System.ReadOnlySpan<float> input, global::System.Span<float> output, global::NetGen.Workspace workspace) => throw NetgenNotCompiled;
            public void PredictLogits(global::System.ReadOnlySpan<float> input, global::System.Span<float> output) => throw NetgenNotCompiled;
            public void PredictLogits(global::System.ReadOnlySpan<float> input, global::System.Span<float> output, global::NetGen.Workspace workspace) => throw NetgenNotCompiled;
            """);
        if (!inference)
        {
            writer.Line("""
                public global::System.Span<float> State => throw NetgenNotCompiled;
                public long StepCount { get => throw NetgenNotCompiled; set => throw NetgenNotCompiled; }
                """);
        }
        if (spec.Weights is not null)
        {
            writer.Line("public static global::NetGen.GoldenReport VerifyEmbedded() => throw NetgenNotCompiled;");
        }
        if (spec.MustStream)
        {
            writer.Line("""
                public const int StepInputSize = 1;
                public const int StepOutputSize = 1;
                int global::NetGen.IStreaming.StepInputSize => throw NetgenNotCompiled;
                int global::NetGen.IStreaming.StepOutputSize => throw NetgenNotCompiled;
                public global::NetGen.StreamState NewState() => throw NetgenNotCompiled;
                public void Step(global::System.ReadOnlySpan<float> input, global::NetGen.StreamState state, global::System.Span<float> output) => throw NetgenNotCompiled;
                public void Step(int id, global::NetGen.StreamState state, global::System.Span<float> output) => throw NetgenNotCompiled;
                """);
        }
        IEnumerable<string> outputs = spec.Elements.Where(element => element.Kind == "Output").Select(element => element.Text("name")).OfType<string>().Where(IsUsable).Distinct();
        foreach (string range in MemberNames.OfOutputs(outputs))
        {
            writer.Line($"public static global::System.Range {range} => throw NetgenNotCompiled;");
        }
        IReadOnlyList<string> inputs = InputNames(spec);
        bool[] areIds = [.. spec.Elements.Where(element => element.Kind == "Input").Select(element => element.Text("type") == "Index")];
        if (inputs.Count > 1 || areIds.Contains(true))
        {
            string parts = string.Concat(InputParameters.Of(inputs).Zip(areIds, (input, isIndex) => $"global::System.ReadOnlySpan<{(isIndex ? "int" : "float")}> {input}, "));
            writer.Line($"public void Predict({parts}global::System.Span<float> output) => throw NetgenNotCompiled;");
            writer.Line($"public void Predict({parts}global::System.Span<float> output, global::NetGen.Workspace workspace) => throw NetgenNotCompiled;");
        }
        if (trainable)
        {
            writer.Line("""
                public global::System.Span<float> Gradients => throw NetgenNotCompiled;
                public void Reserve(int maxBatch) => throw NetgenNotCompiled;
                public float Forward(in global::NetGen.Batch batch) => throw NetgenNotCompiled;
                public float Forward(global::System.ReadOnlySpan<float> inputs, global::System.ReadOnlySpan<float> targets) => throw NetgenNotCompiled;
                public void Backward() => throw NetgenNotCompiled;
                public float TrainStep(in global::NetGen.Batch batch, global::NetGen.Optimizer optimizer) => throw NetgenNotCompiled;
                public float TrainStep(global::System.ReadOnlySpan<float> inputs, global::System.ReadOnlySpan<float> targets, global::NetGen.Optimizer optimizer) => throw NetgenNotCompiled;
                public float Evaluate(in global::NetGen.Batch batch, global::System.Span<float> predictions) => throw NetgenNotCompiled;
                public void FitPreprocessing(global::System.ReadOnlySpan<float> samples) => throw NetgenNotCompiled;
                void global::NetGen.IKeepsActivations.ReadActivations(global::NetGen.ActivationReader reader) => throw NetgenNotCompiled;
                """);
            if (spec.IsStateful)
            {
                writer.Line("""
                    public void ResetStates() => throw NetgenNotCompiled;
                    int global::NetGen.IStateful.CarriedSize => throw NetgenNotCompiled;
                    global::System.ReadOnlySpan<float> global::NetGen.IStateful.CarriedStates => throw NetgenNotCompiled;
                    void global::NetGen.IStateful.RestoreStates(global::System.ReadOnlySpan<float> states) => throw NetgenNotCompiled;
                    """);
            }
        }

        if (trainable && spec.Elements.Any(element => element.Kind == "Triplet"))
        {
            writer.Line("""
                public float Forward(global::System.ReadOnlySpan<float> inputs) => throw NetgenNotCompiled;
                public float TrainStep(global::System.ReadOnlySpan<float> inputs, global::NetGen.Optimizer optimizer) => throw NetgenNotCompiled;
                """);
        }

        // How many outputs a sigmoid has is not known here: with one it takes classes too.
        if (trainable && spec.Elements.Any(element => element.Kind is "SoftmaxCrossEntropy" or "SigmoidCrossEntropy"))
        {
            writer.Line("""
                public float Forward(global::System.ReadOnlySpan<float> inputs, global::System.ReadOnlySpan<int> classes) => throw NetgenNotCompiled;
                public float TrainStep(global::System.ReadOnlySpan<float> inputs, global::System.ReadOnlySpan<int> classes, global::NetGen.Optimizer optimizer) => throw NetgenNotCompiled;
                """);
        }
        NetworkEmitter.CloseType(writer, spec.Type);
        NetworkEmitter.CloseNamespace(writer, spec.Type);
        return writer.ToString();
    }

    private static bool IsUsable(string name) => name.Length > 0 && char.IsLetter(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c == '_');

    /// <summary>The names that the inputs were given; numbers where those cannot name parameters, which is the mistake itself.</summary>
    private static IReadOnlyList<string> InputNames(NetworkSpec spec)
    {
        string[] names = [.. spec.Elements.Where(element => element.Kind == "Input").Select(element => element.Text("name") ?? "")];
        bool usable = names.All(IsUsable) && names.Distinct().Count() == names.Length;
        return usable ? names : [.. names.Select((_, index) => $"input{Literal.Of(index + 1)}")];
    }
}
