using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Emit;

/// <content>The row of outputs: its targets, its losses and its probabilities.</content>
internal sealed partial class ProgramEmitter
{
    /// <summary>Floats of memory that evaluating the losses of one sample needs, where there are several outputs.</summary>
    public int EvaluateFloats =>
        _network.Outputs.Max(output => output.Shape.Size.PerSample + output.TargetCount + LossOp.RowsOf(output.Shape).Size.PerSample + output.Loss!.LossesOf(output.Shape).Size.PerSample);

    private Size RowSize => _network.OutputShape.Size;

    private void EmitProbabilities()
    {
        if (_programs.Probabilities.All(probabilities => probabilities is null))
        {
            return;
        }
        _writer.Open("internal static void ToProbabilities(Span<float> output)");
        bool single = _network.Outputs.Count == 1;
        if (!single)
        {
            _writer.Open($"for (int row = 0; row < output.Length; row += {RowSize.PerSample})");
        }
        foreach ((OutputSpec output, Node? probabilities) in _network.Outputs.Zip(_programs.Probabilities, (output, probabilities) => (output, probabilities)))
        {
            if (probabilities is not null)
            {
                string place = output.Start == 0 ? "row" : $"row + {output.Start}";
                _writer.Line($"// {probabilities.Op.Formula(probabilities, new OneName(single ? "output" : output.Name!))}");
                _writer.Line(probabilities.Op.Emit(probabilities, new OneName(single ? "output" : $"output.Slice({place}, {output.Shape.Count})")));
            }
        }
        if (!single)
        {
            _writer.Close();
        }
        _writer.Close();
        _writer.Line();
    }

    /// <summary>What the outputs' losses make of rows of outputs.</summary>
    private void EmitEvaluateLoss()
    {
        _writer.Line("// The same sum of rows of outputs. Each output's part is put together in memory, which is how its loss reads it.");
        _writer.Open("internal static float EvaluateLoss(in Batch samples, ReadOnlySpan<float> output, Span<float> memory)");
        _writer.Line("int batch = samples.Count;");
        _writer.Line("float loss = 0;");
        foreach ((OutputSpec output, string method) in _network.Outputs.Zip(LossMethods, (output, method) => (output, method)))
        {
            Shape rows = LossOp.RowsOf(output.Shape);
            (int size, int losses) = (output.Shape.Size.PerSample, output.Loss!.LossesOf(output.Shape).Size.PerSample);
            int start = 0;
            string source = output.Start == 0 ? "output" : $"output.Slice({output.Start})";
            _writer.Open($"// {output.Name}");
            _writer.Line($"Span<float> prediction = {Next(size)};");
            if (output.TargetShape is not null)
            {
                _writer.Line($"Span<float> target = {Next(output.TargetCount)};");
            }
            _writer.Line($"Span<float> rowWeights = {Next(rows.Size.PerSample)};");
            _writer.Line($"Span<float> losses = {Next(losses)};");
            _writer.Line($"Strided.Copy({source}, sourceStride: {RowSize.PerSample}, prediction, destinationStride: {size}, rows: batch, width: {size});");
            if (output.TargetShape is { } target)
            {
                _writer.Line(TargetCopy(new(target, output.TargetStart, output.Loss!.Map), "samples", "target"));
            }
            _writer.Line(RowWeightsOf(new(rows, output.Weight, output.Loss!.Map), "rowWeights"));
            _writer.Line($"{method}(prediction, {(output.TargetShape is null ? "" : "target, ")}rowWeights, losses);");
            _writer.Line("loss += Loss.Sum(losses);");
            _writer.Close();

            string Next(int floats)
            {
                string place = $"memory.Slice({(start == 0 ? "0" : new Size(start, 0).ToString())}, {new Size(floats, 0)})";
                start += floats;
                return place;
            }
        }
        _writer.Line("return loss;");
        _writer.Close();
        _writer.Line();
    }

    /// <summary>The statements that fill a target from a batch.</summary>
    /// <param name="target">Which.</param>
    /// <param name="samples">The batch.</param>
    /// <param name="place">Its memory.</param>
    /// <param name="services">What comes before the runtime's names.</param>
    /// <param name="program">What comes before this program's names.</param>
    public string TargetCopy(Target target, string samples, string place, string services = "", string program = "")
    {
        string copy = _network switch
        {
            { Outputs.Count: > 1 } => $"Part({samples}, {place}, start: {target.Start}, width: {target.Shape.Count}, rowWidth: {_network.TargetSize})",
            { Classes: ClassTargets.Indices } => $"Into({samples}, {place}, width: {target.Shape.Last})",
            { Classes: ClassTargets.OneHot } => $"OneHot({samples}, {place}, width: {target.Shape.Last})",
            _ => $"AsFloats({samples}, {place})",
        };
        if (target.Map is null or { IsIdentity: true })
        {
            return $"{services}TargetCopy.{copy};";
        }
        string weights = target.Map.ClassWeights.Count == 0 ? "[]" : program + ClassWeightsOf(target.Map);
        string weigh = $"Weigh({place}, width: {target.Shape.Last}, smoothing: {Literal.Of(target.Map.Smoothing)}, {weights})";
        return $"{services}TargetCopy.{copy};\n{services}TargetCopy.{weigh};";
    }

    /// <summary>The field that holds the weights of classes. An array that is made once: as a list of constants it would be an allocation of each call in unoptimised code.</summary>
    private string ClassWeightsOf(TargetMap map) => $"ClassWeights{ClassWeightLists.IndexOf(map.ClassWeights) + 1}";

    private List<EquatableArray<float>> ClassWeightLists => [.. _network.Outputs.Select(output => output.Loss?.Map?.ClassWeights ?? default).Where(weights => weights.Count > 0).Distinct()];

    private void EmitClassWeights()
    {
        foreach (EquatableArray<float> weights in ClassWeightLists)
        {
            _writer.Line($"internal static readonly float[] {ClassWeightsOf(new(0, weights))} = [{string.Join(", ", weights.Select(Literal.Of))}];");
        }
        if (ClassWeightLists.Count > 0)
        {
            _writer.Line();
        }
    }

    private string RowWeightsOf(RowWeights weights, string place) => $"RowWeights.Expand(samples, {place}, {RowWeightArguments(weights)});";

    /// <summary>The arguments that say how weights of samples become weights of an output's rows.</summary>
    public string RowWeightArguments(RowWeights weights, string program = "")
    {
        string scale = weights.Sum == 1 ? "" : $", scale: {Literal.Of(weights.Sum)}";
        string isSequence = weights.Shape.Count == _network.SequenceLength || _network.SequenceLength == 0 ? "" : ", isSequence: false";
        string classes = weights.Map is { ClassWeights.Count: > 0 } map ? $", classWeights: {program}{ClassWeightsOf(map)}" : "";
        return $"rowsPerSample: {weights.Shape.Count}{scale}{isSequence}{classes}";
    }

    /// <summary>One name for all operands and the result of an op that works in place.</summary>
    private sealed class OneName(string name) : INames
    {
        public string this[Node node] => name;

        public string Result(Node node, int index) => "default";

        public string SharedObject(Node node, int index = 0) => throw new GraphException($"{node.Op.Mnemonic} needs an object to make probabilities");
    }
}
