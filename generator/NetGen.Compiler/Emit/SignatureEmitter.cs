using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Emit;

/// <summary>Prints a network that did not compile: its members without bodies, so that one mistake in it does not bring errors wherever it is used.</summary>
internal static class SignatureEmitter
{
    public static string Emit(NetworkSpec spec)
    {
        bool trainable = spec.Elements.Any(element => LossTable.Find(element.Kind) is not null);
        var writer = new SourceWriter();
        NetworkEmitter.Header(writer, spec.Type);
        NetworkEmitter.OpenNamespace(writer, spec.Type);
        NetworkEmitter.OpenType(writer, spec.Type, trainable ? "global::NetGen.ITrainable" : "global::NetGen.INetwork");
        string message = Literal.Of($"{spec.Type.Name} did not compile: see the NETG errors of the build.");
        writer.Line($"""
            #pragma warning disable CS1591
            public const int InputSize = 1;
            public const int OutputSize = 1;
            public const int ParameterCount = 0;
            public const int WorkspaceSize = 0;
            private static global::System.InvalidOperationException NetgenNotCompiled => new({message});
            public {spec.Type.Name}(long seed = 0{(trainable ? ", int maxBatch = 0" : "")}) => throw NetgenNotCompiled;
            public static global::NetGen.NetworkInfo Info => throw NetgenNotCompiled;
            global::NetGen.NetworkInfo global::NetGen.INetwork.Info => throw NetgenNotCompiled;
            int global::NetGen.INetwork.WorkspaceSize => throw NetgenNotCompiled;
            public static string Summary() => throw NetgenNotCompiled;
            public global::System.Span<float> Parameters => throw NetgenNotCompiled;
            public global::System.Span<float> State => throw NetgenNotCompiled;
            public long Step {"{ get => throw NetgenNotCompiled; set => throw NetgenNotCompiled; }"}
            public void Predict(global::System.ReadOnlySpan<float> input, global::System.Span<float> output) => throw NetgenNotCompiled;
            public void Predict(global::System.ReadOnlySpan<float> input, global::System.Span<float> output, global::NetGen.Workspace workspace) => throw NetgenNotCompiled;
            public void PredictLogits(global::System.ReadOnlySpan<float> input, global::System.Span<float> output) => throw NetgenNotCompiled;
            public void PredictLogits(global::System.ReadOnlySpan<float> input, global::System.Span<float> output, global::NetGen.Workspace workspace) => throw NetgenNotCompiled;
            """);
        int inputs = spec.Elements.Count(element => element.Kind == "Input");
        if (inputs > 1)
        {
            string parts = string.Concat(Enumerable.Range(1, inputs).Select(number => $"global::System.ReadOnlySpan<float> input{number}, "));
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
                public float Forward(global::System.ReadOnlySpan<float> inputs, global::System.ReadOnlySpan<int> classes) => throw NetgenNotCompiled;
                public void Backward() => throw NetgenNotCompiled;
                public float TrainStep(in global::NetGen.Batch batch, global::NetGen.Optimizer optimizer) => throw NetgenNotCompiled;
                public float TrainStep(global::System.ReadOnlySpan<float> inputs, global::System.ReadOnlySpan<float> targets, global::NetGen.Optimizer optimizer) => throw NetgenNotCompiled;
                public float TrainStep(global::System.ReadOnlySpan<float> inputs, global::System.ReadOnlySpan<int> classes, global::NetGen.Optimizer optimizer) => throw NetgenNotCompiled;
                public float Evaluate(in global::NetGen.Batch batch, global::System.Span<float> predictions) => throw NetgenNotCompiled;
                public void FitPreprocessing(global::System.ReadOnlySpan<float> samples) => throw NetgenNotCompiled;
                """);
        }
        NetworkEmitter.CloseType(writer, spec.Type);
        NetworkEmitter.CloseNamespace(writer, spec.Type);
        return writer.ToString();
    }
}
