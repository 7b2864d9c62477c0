using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Emit;

/// <content>What a network with a loss has besides.</content>
internal sealed partial class ApiEmitter
{
    private void EmitTraining()
    {
        bool classes = network.Classes == ClassTargets.Indices;
        Inherited($"public {Result} Gradients => _netgenTraining.Gradients;\n");
        Inherited("public void Reserve(int maxBatch)");
        Body($"""
            _netgenTraining.Reserve(maxBatch);{(Carries ? "\n_netgenCarried.Reserve(maxBatch);" : "")}
            _netgenBatch = 0;   // memory that grew holds nothing for Backward
            """);
        if (Carries)
        {
            Inherited("public void ResetStates() => _netgenCarried.Reset();\n");
            Inherited($"int global::NetGen.IStateful.CarriedSize => {network.CarriedFloats};\n");
            Inherited("global::System.ReadOnlySpan<float> global::NetGen.IStateful.CarriedStates => _netgenCarried.States;\n");
            Inherited("void global::NetGen.IStateful.RestoreStates(global::System.ReadOnlySpan<float> states) => _netgenCarried.Restore(states);\n");
        }
        if (UsesSeed)
        {
            Inherited("long global::NetGen.ITrainable.Seed { get => unchecked((long)_netgenSeed); set => _netgenSeed = unchecked((ulong)value); }\n");
        }
        Inherited("public float Forward(in global::NetGen.Batch batch)");
        string keep = string.Concat(
            UsesStep ? "_netgenForwardStep = _netgenStep;\n" : "",
            classes ? "_netgenTargetsAreClasses = !batch.Classes.IsEmpty;\n" : "",
            network.TakesLengths ? "_netgenTraining.KeepLengths(batch.Lengths);\n" : "",
            Carries ? "_netgenCarried.Begin(batch.Count);\n" : "");
        string check = Carries ? "\n_netgenCarried.Check(batch.Count);" : "";
        Body($"""
            {Services}.Guard.Batch(batch, Info);{check}
            _netgenBatch = 0;   // until all is kept, also when this throws
            {Result} arena = _netgenTraining.Arena(batch.Count);
            {program}.LoadTargets(batch, arena);
            {Result} input = {program}.KeptInput(batch.Count, arena);
            batch.Inputs.CopyTo(input);
            {keep}NetgenRun({program}.Forward, batch.Count, input, null);
            _netgenBatch = batch.Count;
            return {program}.MeanLoss(batch.Count, arena);
            """);
        Inherited("public void Backward()");
        Body($$"""
            int batch = _netgenBatch;
            if (batch == 0)
            {
                throw new global::System.InvalidOperationException("Backward needs what Forward keeps: call Forward first, once before each Backward.");
            }
            _netgenBatch = 0;   // Backward overwrites what Forward kept
            NetgenRun({{program}}.Backward, batch, {{program}}.KeptInput(batch, _netgenTraining.Arena(batch)), null);
            """);
        Inherited("public float TrainStep(in global::NetGen.Batch batch, global::NetGen.Optimizer optimizer)");
        Body($$"""
            global::System.ArgumentNullException.ThrowIfNull(optimizer);
            {{Services}}.Guard.Batch(batch, Info);
            {{Services}}.Guard.InputsApart(batch, Parameters, Gradients);{{check}}
            if ({{Services}}.OptimizerStep.NeedsAllGradients(optimizer))
            {
                float loss = Forward(batch);
                Backward();
                optimizer.Step(this);
                return loss;
            }
            _netgenBatch = 0;
            {{Result}} arena = _netgenTraining.Arena(batch.Count);
            {{Services}}.OptimizerStep.Begin(optimizer, this);
            {{program}}.LoadTargets(batch, arena);
            {{keep}}NetgenRun({{program}}.TrainStep, batch.Count, batch.Inputs, optimizer);
            _netgenStep++;
            return {{program}}.MeanLoss(batch.Count, arena);
            """);
        string ambients = string.Concat(
            UsesSeed ? "\n    Seed = _netgenSeed," : "", UsesStep ? "\n    Step = _netgenForwardStep," : "", classes ? "\n    TargetsAreClasses = _netgenTargetsAreClasses," : "",
            network.TakesLengths ? "\n    Lengths = _netgenTraining.Lengths," : "",
            Carries ? "\n    Carried = _netgenCarried.States," : "");
        Member(null, $"private void NetgenRun({Services}.RegionBody<{Services}.TrainingPass> body, int batch, {Floats} input, global::NetGen.Optimizer? optimizer)");
        Body($$"""
            {{Services}}.TrainingPass pass = new()
            {
                Batch = batch,
                Parameters = Parameters,
                State = State,
                Gradients = Gradients,
                Arena = _netgenTraining.Arena(batch),
                Input = input,
                Optimizer = optimizer,{{ambients}}
            };
            {{Services}}.WorkerPool.Run({{Services}}.WorkSharing.Workers(batch, {{program}}.FlopsPerSample), body, pass);
            """);
        Inherited($"public float Evaluate(in global::NetGen.Batch batch, {Result} predictions)");
        string toProbabilities = ToProbabilities.Length > 0 ? $"{program}.ToProbabilities(predictions);\n" : "";
        Body($"""
            {Services}.Guard.Batch(batch, Info);
            {Services}.Guard.Predictions(predictions, batch, Info);
            PredictLogits(batch.Inputs, predictions{(network.TakesLengths ? ", batch.Lengths" : "")});
            {(network.Outputs.Count == 1 ? EvaluateOutput(classes, toProbabilities) : EvaluateOutputs(toProbabilities))}
            """);
        Inherited($"public void FitPreprocessing({Floats} samples)");
        Body(network.Fits.Count == 0
            ? "// No layer of this network is fitted to data."
            : $"{Services}.Guard.FittingSamples(samples, Info);\n{program}.FitPreprocessing(samples, State);");
    }

    /// <summary>The rest of Evaluate where there is one output, which is the whole row.</summary>
    private string EvaluateOutput(bool classes, string toProbabilities)
    {
        OutputSpec output = network.Outputs[0];
        Shape rows = LossOp.RowsOf(output.Shape);
        string rowWeights = arithmetic.RowWeightArguments(new(rows, output.Weight, output.Loss!.Map), $"{program}.");
        int floats = 0;
        string target = "", copy = "", argument = "";
        if (output.TargetShape is { } shape)
        {
            target = $"{Result} target = {Next(output.TargetCount)};\n";
            copy = $"{arithmetic.TargetCopy(new(shape, Map: output.Loss.Map), "batch", "target", $"{Services}.", $"{program}.")}\n";
            argument = "target, ";
        }
        string weights = Next(rows.Size.PerSample), losses = Next(output.Loss.LossesOf(output.Shape).Size.PerSample);
        return $"""
            int count = batch.Count;
            {Result} memory = {Services}.ThreadWorkspace.Get({new Size(floats, 0).ToString("count")});
            {target}{Result} weights = {weights};
            {Result} losses = {losses};
            {copy}{Services}.RowWeights.Expand(batch, weights, {rowWeights});
            {program}.{arithmetic.LossMethods[0]}({(classes ? "!batch.Classes.IsEmpty, " : "")}predictions, {argument}weights, losses);
            {toProbabilities}return {Services}.Loss.Sum(losses);
            """;

        string Next(int size)
        {
            string place = $"memory.Slice({(floats == 0 ? "0" : new Size(floats, 0).ToString("count"))}, {new Size(size, 0).ToString("count")})";
            floats += size;
            return place;
        }
    }

    private string EvaluateOutputs(string toProbabilities) => $"""
        {Result} memory = {Services}.ThreadWorkspace.Get({new Size(arithmetic.EvaluateFloats, 0).ToString("batch.Count")});
        float loss = {program}.EvaluateLoss(batch, predictions, memory);
        {toProbabilities}return loss;
        """;

    private void EmitOverloads()
    {
        bool classes = network.Classes != ClassTargets.None;
        if (network.TargetSize > 0)
        {
            Overloads("targets", "Targets", "float", network.TargetSize == network.OutputShape.Count ? "<c>[n, OutputSize]</c>" : $"<c>[n, {network.TargetSize}]</c>");
        }
        else
        {
            Overloads(null, "", "", "");
        }
        if (classes)
        {
            Overloads("classes", "Classes", "int", "<c>[n]</c>, or <c>[n, time]</c>: indices of the right classes");
        }

        void Overloads(string? argument, string property, string type, string shape)
        {
            string parameters = $"{Floats} inputs{(argument is null ? "" : $", global::System.ReadOnlySpan<{type}> {argument}")}";
            string batch = $"new global::NetGen.Batch {{ Count = {Services}.Guard.TrainingSamples(inputs, Info), Inputs = inputs{(argument is null ? "" : $", {property} = {argument}")} }}";
            Document("Forward");
            Member(null, $"public float Forward({parameters}) =>\n    Forward({batch});\n");
            Document("TrainStep");
            writer.Line("/// <param name=\"optimizer\">Makes the step.</param>");
            Member(null, $"public float TrainStep({parameters}, global::NetGen.Optimizer optimizer) =>\n    TrainStep({batch}, optimizer);\n");

            void Document(string method)
            {
                writer.Line($"/// <inheritdoc cref=\"global::NetGen.ITrainable.{method}\"/>\n/// <param name=\"inputs\"><c>[n, InputSize]</c>, one row a sample.</param>");
                if (argument is not null)
                {
                    writer.Line($"/// <param name=\"{argument}\">{shape}.</param>");
                }
            }
        }
    }
}
