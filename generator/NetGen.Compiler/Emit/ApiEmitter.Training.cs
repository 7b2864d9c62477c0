using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Emit;

/// <content>What a network with a loss has besides.</content>
internal sealed partial class ApiEmitter
{
    private void EmitTraining()
    {
        Size target = network.OutputShape.Size;
        Size rows = LossOp.RowsOf(network.OutputShape).Size;
        var both = new Size(target.PerSample + rows.PerSample, 0);
        bool classes = network.Loss!.Classes(network.OutputShape) == ClassTargets.Indices;
        Inherited($"public {Result} Gradients => _netgenTraining.Gradients;\n");
        Inherited("public void Reserve(int maxBatch)");
        Body("""
            _netgenTraining.Reserve(maxBatch);
            _netgenBatch = 0;   // memory that grew holds nothing for Backward
            """);
        Inherited("public float Forward(in global::NetGen.Batch batch)");
        Body($"""
            {Services}.Guard.Batch(batch, Info);
            {Result} arena = _netgenTraining.Arena(batch.Count);
            {program}.Load(batch, arena);
            _netgenBatch = batch.Count;
            {(UsesStep ? "_netgenForwardStep = _netgenStep;\n" : "")}{(classes ? "_netgenTargetsAreClasses = !batch.Classes.IsEmpty;\n" : "")}return {program}.Forward(batch.Count, Parameters, State, arena{Arguments(arithmetic.ForwardAmbients)});
            """);
        Inherited("public void Backward()");
        Body($$"""
            if (_netgenBatch == 0)
            {
                throw new global::System.InvalidOperationException("Backward needs what Forward keeps: call Forward first, once before each Backward.");
            }
            {{program}}.Backward(_netgenBatch, Parameters, State, Gradients, _netgenTraining.Arena(_netgenBatch){{Arguments(arithmetic.BackwardAmbients)}});
            _netgenBatch = 0;
            """);
        Inherited("public float TrainStep(in global::NetGen.Batch batch, global::NetGen.Optimizer optimizer)");
        Body("""
            global::System.ArgumentNullException.ThrowIfNull(optimizer);
            float loss = Forward(batch);
            Backward();
            optimizer.Step(this);
            return loss;
            """);
        Inherited($"public float Evaluate(in global::NetGen.Batch batch, {Result} predictions)");
        string arguments = $"{(classes ? "!batch.Classes.IsEmpty, " : "")}predictions, target, weights";
        Body($"""
            {Services}.Guard.Batch(batch, Info);
            {Services}.Guard.Predictions(predictions, batch, Info);
            PredictLogits(batch.Inputs, predictions);
            int count = batch.Count;
            {Result} memory = {Services}.ThreadWorkspace.Get({both.ToString("count")});
            {Result} target = memory.Slice(0, {target.ToString("count")});
            {Result} weights = memory.Slice({target.ToString("count")});
            {Services}.TargetCopy.{(classes ? "Into" : "AsFloats")}(batch, target);
            {Services}.RowWeights.Expand(batch, weights, rowsPerSample: {rows.PerSample});
            float loss = {program}.{arithmetic.LossMethod}({arguments});
            {(ToProbabilities.Length > 0 ? $"{program}.ToProbabilities(predictions);\nreturn loss;" : "return loss;")}
            """);
        Inherited($"public void FitPreprocessing({Floats} samples)");
        Body(network.Standardizations.Count == 0
            ? "// No layer of this network is fitted to data."
            : $"{Services}.Guard.FittingSamples(samples, Info);\n{program}.FitPreprocessing(samples, State);");
    }

    /// <summary>The class's fields that stand for a program's run-time arguments.</summary>
    private static string Arguments(IEnumerable<Ambient> ambients) => string.Concat(ambients.Select(ambient => $", {Field(ambient)}"));

    private static string Field(Ambient ambient) => ambient == Ambient.Step ? "_netgenForwardStep" : $"_netgen{char.ToUpperInvariant(ambient.Name[0])}{ambient.Name.Substring(1)}";

    private void EmitOverloads()
    {
        bool classes = network.Loss!.Classes(network.OutputShape) != ClassTargets.None;
        Overloads("targets", "Targets", "float", "<c>[n, OutputSize]</c>");
        if (classes)
        {
            Overloads("classes", "Classes", "int", "<c>[n]</c>, or <c>[n, time]</c>: indices of the right classes");
        }

        void Overloads(string argument, string property, string type, string shape)
        {
            string parameters = $"{Floats} inputs, global::System.ReadOnlySpan<{type}> {argument}";
            string batch = $"new global::NetGen.Batch {{ Count = {Services}.Guard.TrainingSamples(inputs, Info), Inputs = inputs, {property} = {argument} }}";
            writer.Line($"/// <inheritdoc cref=\"global::NetGen.ITrainable.Forward\"/>\n/// <param name=\"inputs\"><c>[n, InputSize]</c>, one row a sample.</param>\n/// <param name=\"{argument}\">{shape}.</param>");
            Member(null, $"public float Forward({parameters}) =>\n    Forward({batch});\n");
            writer.Line($"/// <inheritdoc cref=\"global::NetGen.ITrainable.TrainStep\"/>\n/// <param name=\"inputs\"><c>[n, InputSize]</c>, one row a sample.</param>\n/// <param name=\"{argument}\">{shape}.</param>\n/// <param name=\"optimizer\">Makes the step.</param>");
            Member(null, $"public float TrainStep({parameters}, global::NetGen.Optimizer optimizer) =>\n    TrainStep({batch}, optimizer);\n");
        }
    }
}
