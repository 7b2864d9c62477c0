using NetGen.Benchmarks.Images;

namespace NetGen.Benchmarks.Peers;

/// <summary>ONNX files of one step of a stream, with <see cref="AgreedNumbers"/>. What is remembered goes in and comes out.</summary>
internal sealed class OnnxSequenceModel
{
    /// <summary>Which step it is, beside the id.</summary>
    public const string Position = "position";

    private readonly OnnxGraph _graph = new();
    private int _tensors;

    /// <summary>The name of a state before the step, and of the same after it.</summary>
    public static (string Before, string After) State(string kind, int index) => ($"{kind}{index}", $"{kind}{index}after");

    /// <summary>An LSTM: states h and c, <c>[1, 1, units]</c>. What it gives is h.</summary>
    public static byte[] Write(RecurrentStep step)
    {
        OnnxSequenceModel model = new();
        int units = step.Units;
        float[] input = model.Agreed("weight", 4 * units, step.Inputs), state = model.Agreed("weight", 4 * units, units);
        float[] inputBias = model.Agreed("bias", 4 * units), stateBias = model.Agreed("bias", 4 * units);
        string[] inputs =
        [
            OnnxGraph.Input,
            model._graph.Constant(InOrder(input), 1, 4 * units, step.Inputs),
            model._graph.Constant(InOrder(state), 1, 4 * units, units),
            model._graph.Constant([.. InOrder(inputBias), .. InOrder(stateBias)], 1, 8 * units),
            "",
            State("h", 0).Before,
            State("c", 0).Before,
        ];
        model._graph.Add("LSTM", inputs, ["", State("h", 0).After, State("c", 0).After], ("hidden_size", units));
        int[] shape = [1, 1, units];
        return model._graph.ToModel(
            [new(OnnxGraph.Input, [1, 1, step.Inputs]), new(State("h", 0).Before, shape), new(State("c", 0).Before, shape)],
            [new(State("h", 0).After, shape), new(State("c", 0).After, shape)]);

        // Gates i, f, g, o become i, o, f, g.
        static float[] InOrder(float[] gates)
        {
            float[][] parts = [.. gates.Chunk(gates.Length / 4)];
            return [.. parts[0], .. parts[3], .. parts[1], .. parts[2]];
        }
    }

    /// <summary>A transformer: keys <c>[heads, features, steps]</c> and values <c>[heads, steps, features]</c> of each block, to which the step adds its own.</summary>
    public static byte[] Write(TransformerStep step) => new OnnxSequenceModel().Build(step);

    private byte[] Build(TransformerStep step)
    {
        (int width, int heads, int features) = (step.Width, step.Heads, step.Width / step.Heads);
        List<OnnxValue> inputs = [new(OnnxGraph.Input, [1], IsIds: true), new(Position, [1], IsIds: true)], outputs = [new(OnnxGraph.Output, [1, step.Vocabulary])];
        string token = _graph.Node("Gather", [Weight(step.Vocabulary, width), OnnxGraph.Input]);
        string x = _graph.Node("Add", [token, _graph.Node("Gather", [Weight(step.Steps, width), Position])]);
        for (int block = 0; block < step.Blocks; block++)
        {
            string[] parts = [$"q{block}", $"k{block}", $"v{block}"];
            _graph.Add("Split", [Dense(Normalized(x, width), width, 3 * width)], parts, ("axis", 1));
            string query = _graph.Node("Reshape", [parts[0], _graph.Integers64(heads, 1, features)]);
            string keys = Remember("keys", block, _graph.Node("Reshape", [parts[1], _graph.Integers64(heads, features, 1)]), axis: 2, heads, features);
            string values = Remember("values", block, _graph.Node("Reshape", [parts[2], _graph.Integers64(heads, 1, features)]), axis: 1, heads, features);
            string scores = _graph.Node("Mul", [_graph.Node("MatMul", [query, keys]), _graph.Constant([1 / MathF.Sqrt(features)])]);
            string attended = _graph.Node("MatMul", [_graph.Node("Softmax", [scores], ("axis", 2)), values]);
            x = _graph.Node("Add", [x, Dense(_graph.Node("Reshape", [attended, _graph.Integers64(1, width)]), width, width)]);
            string hidden = Dense(Normalized(x, width), width, 4 * width);
            // x / 2 (1 + erf(x / sqrt(2))), which ONNX Runtime makes its own Gelu of.
            string erf = _graph.Node("Erf", [_graph.Node("Div", [hidden, _graph.Constant([MathF.Sqrt(2)])])]);
            string gelu = _graph.Node("Mul", [_graph.Node("Mul", [hidden, _graph.Node("Add", [erf, _graph.Constant([1f])])]), _graph.Constant([0.5f])]);
            x = _graph.Node("Add", [x, Dense(gelu, 4 * width, width)]);
        }
        _graph.Add("Softmax", [Dense(Normalized(x, width), width, step.Vocabulary)], [OnnxGraph.Output], ("axis", 1));
        return _graph.ToModel(inputs, outputs);

        string Remember(string kind, int block, string own, int axis, int heads, int features)
        {
            (string before, string after) = State(kind, block);
            int[] shape = axis == 1 ? [heads, OnnxValue.Any, features] : [heads, features, OnnxValue.Any];
            inputs.Add(new(before, shape));
            outputs.Add(new(after, shape));
            _graph.Add("Concat", [before, own], [after], ("axis", axis));
            return after;
        }
    }

    private string Weight(params int[] shape) => _graph.Constant(Agreed("weight", shape), shape);

    private string Normalized(string x, int width) =>
        _graph.Node("LayerNormalization", [x, Weight(width), _graph.Constant(Agreed("bias", width), width)], ("axis", 1), ("epsilon", 1e-5f));

    private string Dense(string x, int inputs, int outputs) =>
        _graph.Node("Gemm", [x, Weight(outputs, inputs), _graph.Constant(Agreed("bias", outputs), outputs)], ("transB", 1));

    // Tensors are in the order in which NetGen has them.
    private float[] Agreed(string name, params int[] shape) => AgreedNumbers.Tensor(name, shape, AgreedNumbers.Series(_tensors++, 0));
}
