using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Peers;

/// <summary>An ONNX file in the making, so that no package is needed for it. Numbers are fields of onnx.proto.</summary>
internal sealed class OnnxGraph
{
    public const string Input = "x";
    public const string Output = "y";

    private const int Float = 1;
    private const int Integer = 2;
    private const int Integers = 7;
    private const int IrVersion = 8;
    private const int OpsetVersion = 13;

    private readonly OnnxMessage _graph = new();
    private readonly List<(string Output, Func<string, OnnxMessage> Write)> _nodes = [];
    private int _values;

    /// <summary>Adds an operator.</summary>
    /// <param name="operation">ONNX's name of it.</param>
    /// <param name="inputs">Names of values.</param>
    /// <param name="attributes">One number, or several, each.</param>
    /// <returns>The name of its value.</returns>
    public string Node(string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        string name = $"{operation}{_values++}";
        _nodes.Add((name, Write));
        return name;

        OnnxMessage Write(string output)
        {
            OnnxMessage node = new();
            foreach (string input in inputs) node.Add(1, input);
            node.Add(2, output).Add(4, operation);
            foreach ((string attribute, object value) in attributes) node.Add(5, Attribute(attribute, value));
            return node;
        }
    }

    /// <summary>Adds a constant.</summary>
    /// <returns>The name of its value.</returns>
    public string Constant(ReadOnlySpan<float> values, params int[] shape)
    {
        string name = $"constant{_values++}";
        OnnxMessage tensor = new();
        foreach (int size in shape) tensor.Add(1, size);
        _graph.Add(5, tensor.Add(2, Float).Add(8, name).Add(9, MemoryMarshal.AsBytes(values)));
        return name;
    }

    /// <summary>The file.</summary>
    /// <param name="result">What the last operator gives; <see cref="Output"/> is its name in the file.</param>
    /// <param name="inputShape">With the batch.</param>
    /// <param name="outputShape">With the batch.</param>
    public byte[] ToModel(string result, int[] inputShape, int[] outputShape)
    {
        foreach ((string name, Func<string, OnnxMessage> write) in _nodes) _graph.Add(1, write(name == result ? Output : name));
        _graph.Add(2, "network").Add(11, ValueInfo(Input, inputShape)).Add(12, ValueInfo(Output, outputShape));
        return new OnnxMessage().Add(1, IrVersion).Add(7, _graph).Add(8, new OnnxMessage().Add(1, "").Add(2, OpsetVersion)).ToArray();
    }

    private static OnnxMessage Attribute(string name, object value)
    {
        OnnxMessage attribute = new OnnxMessage().Add(1, name);
        if (value is int number) return attribute.Add(3, number).Add(20, Integer);
        foreach (int one in (int[])value) attribute.Add(8, one);
        return attribute.Add(20, Integers);
    }

    private static OnnxMessage ValueInfo(string name, int[] shape)
    {
        OnnxMessage sizes = new();
        foreach (int size in shape) sizes.Add(1, new OnnxMessage().Add(1, size));
        return new OnnxMessage().Add(1, name).Add(2, new OnnxMessage().Add(1, new OnnxMessage().Add(1, Float).Add(2, sizes)));
    }
}
