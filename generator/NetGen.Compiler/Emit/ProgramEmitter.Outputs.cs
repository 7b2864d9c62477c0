using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Emit;

/// <content>The row of outputs: its targets, its losses and its probabilities.</content>
internal sealed partial class ProgramEmitter
{
    /// <summary>Floats of memory that evaluating the losses of one sample needs, where there are several outputs.</summary>
    public int EvaluateFloats =>
        _network.Outputs.Max(output => output.Shape.Size.PerSample * 2 + LossOp.RowsOf(output.Shape).Size.PerSample + output.Loss!.LossesOf(output.Shape).Size.PerSample);

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
            _writer.Line($"Span<float> target = {Next(size)};");
            _writer.Line($"Span<float> rowWeights = {Next(rows.Size.PerSample)};");
            _writer.Line($"Span<float> losses = {Next(losses)};");
            _writer.Line($"Strided.Copy({source}, sourceStride: {RowSize.PerSample}, prediction, destinationStride: {size}, rows: batch, width: {size});");
            _writer.Line(TargetCopy(new(output.Shape, output.Start), "target"));
            _writer.Line(RowWeightsOf(new(rows, output.Weight), "rowWeights"));
            _writer.Line($"{method}(prediction, target, rowWeights, losses);");
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

    private string TargetCopy(Target target, string place) => _network switch
    {
        { Outputs.Count: > 1 } => $"TargetCopy.Part(samples, {place}, start: {target.Start}, width: {target.Shape.Count}, rowWidth: {RowSize.PerSample});",
        { Classes: ClassTargets.Indices } => $"TargetCopy.Into(samples, {place}, width: {target.Shape.Last});",
        _ => $"TargetCopy.AsFloats(samples, {place});",
    };

    private string RowWeightsOf(RowWeights weights, string place) => $"RowWeights.Expand(samples, {place}, {RowWeightArguments(weights)});";

    /// <summary>The arguments that say how weights of samples become weights of an output's rows.</summary>
    public string RowWeightArguments(RowWeights weights)
    {
        string scale = weights.Sum == 1 ? "" : $", scale: {Literal.Of(weights.Sum)}";
        string isSequence = weights.Shape.Count == _network.SequenceLength || _network.SequenceLength == 0 ? "" : ", isSequence: false";
        return $"rowsPerSample: {weights.Shape.Count}{scale}{isSequence}";
    }

    /// <summary>One name for all operands and the result of an op that works in place.</summary>
    private sealed class OneName(string name) : INames
    {
        public string this[Node node] => name;

        public string Result(Node node, int index) => "default";

        public string SharedObject(Node node, int index = 0) => throw new GraphException($"{node.Op.Mnemonic} needs an object to make probabilities");
    }
}
