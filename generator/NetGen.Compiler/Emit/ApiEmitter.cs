using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Emit;

/// <summary>Prints the members that users call: a thin layer of checks over the arithmetic.</summary>
internal sealed partial class ApiEmitter(
    SourceWriter writer, NetworkSpec spec, LoweredNetwork network, LoweredNetwork trained, CompiledPrograms programs, string program, ProgramEmitter arithmetic, BoundWeights? weights,
    LiteralWeights? literals)
{
    private static readonly string Generated = $"[global::System.CodeDom.Compiler.GeneratedCode(\"NetGen\", \"{NetworkEmitter.Version}\")]";
    private const string Floats = "global::System.ReadOnlySpan<float>";
    private const string Result = "global::System.Span<float>";
    private const string Services = "global::NetGen.CompilerServices";

    /// <summary>The line above members that keep to what the attribute promises.</summary>
    private const string RealTime = "[global::NetGen.RealTime]\n";

    private bool Trainable => programs.Training is not null;

    /// <summary>Whether parameters are fixed.</summary>
    private bool IsInference => spec.Mode == NetworkMode.Inference;

    /// <summary>The flat buffer of state, as C#: state whose network is fixed is folded into its parameters.</summary>
    private string StateBuffer => IsInference ? "default" : "State";

    /// <summary>Whether Predict also takes a sample's inputs apart, as what they are: several, or ids.</summary>
    private bool TakesParts => network.Inputs.Count > 1 || network.Inputs[0].IsIndex;

    /// <summary>Whether training carries states from one batch to the next.</summary>
    private bool Carries => network.CarriedFloats > 0;

    private bool UsesSeed => arithmetic.ForwardAmbients.Contains(Ambient.Seed);

    private bool UsesStep => arithmetic.ForwardAmbients.Contains(Ambient.Step);

    private string Name => spec.Type.Name;

    /// <summary>The line that turns logits into what Predict gives; empty where they are that already.</summary>
    private string ToProbabilities => programs.Probabilities.All(probabilities => probabilities is null) ? "" : $"\n{program}.ToProbabilities(output);";

    public void Emit()
    {
        writer.Line($"/// <remarks>\n/// <code>\n{Comment(LayerTableText())}\n/// </code>\n/// </remarks>");
        NetworkEmitter.OpenType(writer, spec.Type, Interfaces(spec.Mode, Trainable, programs.Step is not null, Carries));
        EmitConstants();
        EmitOutputRanges();
        EmitInfo();
        if (IsInference)
        {
            EmitFixedMemory();
        }
        else
        {
            EmitMemory();
        }
        EmitFreeze();
        if (weights is not null)
        {
            EmitVerify(weights);
        }
        EmitPredict();
        if (TakesParts)
        {
            EmitPredictFromParts();
        }
        if (programs.Step is { } step)
        {
            EmitStep(step);
        }
        if (Trainable)
        {
            EmitTraining();
            EmitActivations(programs.Training!);
            EmitOverloads();
        }
        NetworkEmitter.CloseType(writer, spec.Type);
    }

    /// <summary>What a network implements.</summary>
    public static string Interfaces(NetworkMode mode, bool trainable, bool streams, bool stateful)
    {
        string contract = mode == NetworkMode.Inference ? "IPredictor" : stateful ? "IStateful" : trainable ? "ITrainable" : "INetwork";
        string activations = trainable ? ", global::NetGen.IKeepsActivations" : "";
        return $"global::NetGen.{contract}, global::NetGen.IFreezable{activations}{(streams ? ", global::NetGen.IStreaming" : "")}";
    }

    private void EmitConstants()
    {
        int inputs = network.Inputs.Sum(input => (int)input.Shape.Count);
        Constant("Floats in one sample.", $"InputSize = {inputs}");
        Constant("Floats in one sample's output.", $"OutputSize = {network.OutputShape.Count}");
        Constant(IsInference ? "Numbers that it computes with." : "Trainable numbers.", $"ParameterCount = {network.Parameters.Sum(tensor => tensor.Count)}");

        // Inputs that lie apart are put together in the workspace.
        Size arena = programs.Prediction.Plan.ArenaSize;
        Constant("Floats of workspace that predicting one sample needs.", $"WorkspaceSize = {arena.PerSample + arena.Constant + (TakesParts ? inputs : 0)}");
    }

    private void EmitOutputRanges()
    {
        OutputSpec[] declared = [.. network.Outputs.Where(output => output.Name is not null)];
        IReadOnlyList<string> names = MemberNames.OfOutputs(declared.Select(output => output.Name!));
        foreach ((OutputSpec output, string name) in declared.Zip(names, (output, name) => (output, name)))
        {
            Member(
                $"The place of the output <c>{output.Name}</c>, <c>{output.Shape.Describe()}</c>, in a sample's row of outputs{(SameInTarget(output) ? " and of targets" : "")}.",
                $"public static global::System.Range {name} => {output.Start}..{output.Start + output.Shape.Count};\n");
        }
    }

    /// <summary>Whether an output has the same place in a sample's row of targets.</summary>
    private bool SameInTarget(OutputSpec output) => !network.HasLoss || (output.TargetStart == output.Start && output.TargetShape == output.Shape);

    private void EmitInfo()
    {
        Member("The tables of inputs, layers, parameters and state.", "public static global::NetGen.NetworkInfo Info { get; } = new()");
        writer.Line("{");
        writer.Line($"    Name = {Literal.Of(Name.TrimStart('@'))},");
        writer.Line($"    ArchitectureHash = {Literal.Of(Architecture.Hash(trained))},");
        Table("Inputs", "InputInfo", network.Inputs.Select(input => $"{Literal.Of(input.Name)}, {ShapeOf(input.Shape)}{(input.IsIndex ? $", Vocabulary: {input.Vocabulary}" : "")}"));
        writer.Line($"    OutputShape = {ShapeOf(network.OutputShape)},");
        if (network.SequenceLength > 0)
        {
            writer.Line($"    SequenceLength = {network.SequenceLength},");
        }
        if (network.TakesMissing)
        {
            writer.Line("    TakesMissing = true,");
        }
        writer.Line($"    Loss = {LossKind(!network.HasLoss ? null : network.Outputs.Count == 1 ? network.Outputs[0].LossKind : "WeightedSum")},");
        if (network.Outputs[0].Name is not null)
        {
            Table("Outputs", "OutputInfo", network.Outputs.Select(output =>
                $"{Literal.Of(output.Name!)}, {ShapeOf(output.Shape)}, {output.Start}, {LossKind(output.LossKind)}, {Literal.Of(output.Weight)}"
                + (output.TargetStart == output.Start || !network.HasLoss ? "" : $", {output.TargetStart}")));
        }
        Table("Layers", "LayerInfo", network.Layers.Select(row =>
            $"{Literal.Of(row.Layer.Path)}, {Literal.Of(row.Layer.Description)}, {ShapeOf(row.Output)}, {row.Parameters.Sum(tensor => tensor.Count)}, {row.Flops}"));
        Table("Parameters", "TensorInfo", network.Parameters.Select(Tensor));
        Table("State", "TensorInfo", network.State.Select(Tensor));
        writer.Line("};\n");
        Member("The layers as a table: name, output shape, parameters, FLOPs.", "public static string Summary() => Info.Summary();\n");
        writer.Line("global::NetGen.NetworkInfo global::NetGen.IPredictor.Info => Info;\n");
        writer.Line("int global::NetGen.IPredictor.WorkspaceSize => WorkspaceSize;\n");
    }

    private static string Tensor(TensorSpec tensor)
    {
        string layout = tensor.Layout is null ? "" : $", new([{string.Join(", ", tensor.Layout.View)}], [{string.Join(", ", tensor.Layout.Order)}])";
        return $"{Literal.Of(tensor.Name)}, {ShapeOf(tensor.LogicalShape)}, {tensor.Offset}, {tensor.Count}{layout}";
    }

    private void EmitMemory()
    {
        (int parameters, int state) = (EndOf(network.Parameters), EndOf(network.State));
        List<(string Field, string Creation)> memory = [("_netgenParameters", $"new({parameters})"), ("_netgenState", $"new({state})")];
        foreach ((string field, string creation) in memory)
        {
            writer.Line($"private readonly {Services}.AlignedBuffer {field} = {creation};");
        }
        if (Trainable)
        {
            memory.Add(("_netgenTraining", $"new({parameters}, {program}.ArenaConstant, {program}.ArenaPerSample{(network.TakesLengths ? ", keepsLengths: true" : "")})"));
            writer.Line($"private readonly {Services}.TrainingMemory {memory[2].Field} = {memory[2].Creation};");
            if (Carries)
            {
                memory.Add(("_netgenCarried", $"new({network.CarriedFloats})"));
                writer.Line($"private readonly {Services}.CarriedMemory {memory[3].Field} = {memory[3].Creation};");
            }
            if (UsesSeed)
            {
                writer.Line("private ulong _netgenSeed;");
            }
            writer.Line("private int _netgenBatch;   // samples that Backward is due for; 0 for none");
            if (UsesStep)
            {
                writer.Line("private long _netgenForwardStep;   // StepCount as the last Forward saw it: Backward needs the same masks");
            }
            if (arithmetic.ForwardAmbients.Contains(Ambient.TargetsAreClasses))
            {
                writer.Line("private bool _netgenTargetsAreClasses;");
            }
        }
        writer.Line("private long _netgenStep;\n");

        writer.Line(weights is null
            ? "/// <summary>Creates the network with initial parameters.</summary>\n/// <param name=\"seed\">Decides the initial parameters and what dropout drops.</param>"
            : $"/// <summary>Creates the network with a copy of the weights of <c>{Xml(weights.File.File)}</c>.</summary>\n/// <param name=\"seed\">Decides what dropout drops.</param>");
        if (Trainable)
        {
            writer.Line("/// <param name=\"maxBatch\">Samples to reserve training memory for, gradients included; with 0 the first batch reserves it.</param>");
        }
        writer.Line(Generated);
        writer.Open($"public {Name}(long seed = 0{(Trainable ? ", int maxBatch = 0" : "")})");
        if (UsesSeed)
        {
            writer.Line("_netgenSeed = unchecked((ulong)seed);");
        }
        writer.Line(weights is null
            ? $"{program}.SetInitialValues(_netgenParameters.Span, _netgenState.Span, unchecked((ulong)seed));"
            : "NetgenLoadWeights(_netgenParameters.Span, _netgenState.Span);");
        if (weights?.Steps is { } steps)
        {
            writer.Line($"_netgenStep = {Literal.Of(steps)};");
        }
        if (Trainable)
        {
            writer.Line("if (maxBatch != 0)\n{\n    Reserve(maxBatch);\n}");
        }
        writer.Close();
        writer.Line();
        if (weights is not null)
        {
            EmitLoadWeights(weights);
        }
        if (spec.Type.Record is { } record)
        {
            RecordEmitter.EmitCopy(writer, spec.Type, record, memory, UsesSeed ? ["_netgenStep", "_netgenSeed"] : ["_netgenStep"], Generated);
            RecordEmitter.EmitPrint(writer, record, ["ParameterCount", "StepCount"], Generated);
        }
        Inherited($"public {Result} Parameters => _netgenParameters.Span;\n");
        Inherited($"public {Result} State => _netgenState.Span;\n");
        Inherited("public long StepCount");
        writer.Line("{\n    get => _netgenStep;\n    set\n    {\n        global::System.ArgumentOutOfRangeException.ThrowIfNegative(value);\n        _netgenStep = value;\n    }\n}\n");
    }

    /// <summary>Floats of a flat buffer.</summary>
    private static int EndOf(IReadOnlyList<TensorSpec> tensors) => tensors.Count == 0 ? 0 : tensors[tensors.Count - 1].End;

    private string LayerTableText()
    {
        var rows = new List<string[]> { new[] { "layer", "", "output", "parameters", "FLOPs" } };
        rows.AddRange(network.Inputs.Select(input => new[] { input.Name, "Input", input.Shape.Describe(), "", "" }));
        rows.AddRange(network.Layers.Select(row => new[]
        {
            row.Layer.Path, row.Layer.Description, row.Output.Describe(), Literal.Grouped(row.Parameters.Sum(tensor => tensor.Count)), Literal.Grouped(row.Flops),
        }));
        rows.AddRange(network.Outputs.Where(_ => network.Outputs.Count > 1).Select(output => new[]
        {
            output.Name!, $"Output{Training(output)}", $"{output.Shape.Describe()}, row[{output.Start}..{output.Start + output.Shape.Count}]", "", "",
        }));
        rows.Add(["total", "", "", Literal.Grouped(network.Parameters.Sum(tensor => tensor.Count)), Literal.Grouped(network.Layers.Sum(row => row.Flops))]);
        int[] widths = [.. Enumerable.Range(0, 5).Select(column => rows.Max(row => row[column].Length))];
        IEnumerable<string> lines = rows.Select(row => string.Join("  ", row.Select((cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))));
        return string.Join("\n", lines.Select(line => line.TrimEnd()));
    }

    private static string Training(OutputSpec output) =>
        output.LossKind is null ? "" : output.Weight == 1 ? $", {output.LossKind}" : $", {output.LossKind}, weight {Literal.Plain(output.Weight)}";

    private void Member(string? summary, string text)
    {
        if (summary is not null)
        {
            writer.Line($"/// <summary>{summary}</summary>");
        }
        writer.Line(Generated);
        writer.Line(text);
    }

    private void Constant(string summary, string declaration) => writer.Line($"/// <summary>{summary}</summary>\npublic const int {declaration};\n");

    private void Inherited(string text)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line(Generated);
        writer.Line(text);
    }

    private void Body(string text)
    {
        writer.Line("{");
        writer.Line("    " + text.Replace("\n", "\n    "));
        writer.Line("}\n");
    }

    private void Table(string property, string type, IEnumerable<string> rows)
    {
        string[] items = [.. rows];
        if (items.Length == 0)
        {
            writer.Line($"    {property} = [],");
            return;
        }
        writer.Line($"    {property} =\n    [");
        foreach (string item in items)
        {
            writer.Line($"        new global::NetGen.{type}({item}),");
        }
        writer.Line("    ],");
    }

    private static string LossKind(string? kind) => $"global::NetGen.LossKind.{kind ?? "None"}";

    private static string ShapeOf(Shape shape) => $"new([{string.Join(", ", shape.Extents)}])";

    private static string Comment(string text) =>
        string.Join("\n", text.Split('\n').Select(line => "/// " + Xml(line)));

    private static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
