using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Peers;

/// <summary>An ONNX file in the making, so that no package is needed for it. Numbers are fields of onnx.proto.</summary>
internal sealed class OnnxGraph
{
    public const string Input = "x";
    public const string Output = "y";

    /// <summary>Types of elements, in files as in calls.</summary>
    public const int FloatElements = 1;
    public const int Int32Elements = 6;

    private const int Int64Elements = 7;

    // Types of attributes.
    private const int Float = 1;
    private const int Integer = 2;
    private const int Integers = 7;
    private const int IrVersion = 8;
    private const int OpsetVersion = 17;

    private readonly OnnxMessage _graph = new();
    private readonly List<(string Operation, string[] Inputs, string[] Outputs, (string Name, object Value)[] Attributes)> _nodes = [];
    private int _values;

    /// <summary>Adds an operator.</summary>
    /// <param name="operation">ONNX's name of it.</param>
    /// <param name="inputs">Names of values.</param>
    /// <param name="attributes">One number, or several, each.</param>
    /// <returns>The name of its value.</returns>
    public string Node(string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        string name = $"{operation}{_values++}";
        Add(operation, inputs, [name], attributes);
        return name;
    }

    /// <summary>Adds an operator that gives several values.</summary>
    /// <param name="operation">ONNX's name of it.</param>
    /// <param name="inputs">Names of values; empty for one that is left out.</param>
    /// <param name="outputs">Names of what it gives; empty for what nobody wants.</param>
    /// <param name="attributes">One number, or several, each.</param>
    public void Add(string operation, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes) =>
        _nodes.Add((operation, inputs, outputs, attributes));

    /// <summary>Adds a constant.</summary>
    /// <returns>The name of its value.</returns>
    public string Constant(ReadOnlySpan<float> values, params int[] shape)
    {
        return Constant(FloatElements, MemoryMarshal.AsBytes(values), shape);
    }

    /// <summary>Adds a constant of 64-bit integers, such as a shape.</summary>
    /// <returns>The name of its value.</returns>
    public string Integers64(params long[] values) => Constant(Int64Elements, MemoryMarshal.AsBytes<long>(values), [values.Length]);

    private string Constant(int elements, ReadOnlySpan<byte> bytes, int[] shape)
    {
        string name = $"constant{_values++}";
        OnnxMessage tensor = new();
        foreach (int size in shape) tensor.Add(1, size);
        _graph.Add(5, tensor.Add(2, elements).Add(8, name).Add(9, bytes));
        return name;
    }

    /// <summary>The file.</summary>
    /// <param name="result">What the last operator gives; <see cref="Output"/> is its name in the file.</param>
    /// <param name="inputShape">With the batch.</param>
    /// <param name="outputShape">With the batch.</param>
    public byte[] ToModel(string result, int[] inputShape, int[] outputShape)
    {
        foreach (var node in _nodes) node.Outputs.AsSpan().Replace(result, Output);
        return ToModel([new(Input, inputShape)], [new(Output, outputShape)]);
    }

    /// <summary>The file of a network of several inputs and outputs.</summary>
    public byte[] ToModel(IEnumerable<OnnxValue> inputs, IEnumerable<OnnxValue> outputs)
    {
        foreach ((string operation, string[] from, string[] to, (string Name, object Value)[] attributes) in _nodes)
        {
            OnnxMessage node = new();
            foreach (string name in from) node.Add(1, name);
            foreach (string name in to) node.Add(2, name);
            node.Add(4, operation);
            foreach ((string name, object value) in attributes) node.Add(5, Attribute(name, value));
            _graph.Add(1, node);
        }
        _graph.Add(2, "network");
        foreach (OnnxValue input in inputs) _graph.Add(11, ValueInfo(input));
        foreach (OnnxValue output in outputs) _graph.Add(12, ValueInfo(output));
        return new OnnxMessage().Add(1, IrVersion).Add(7, _graph).Add(8, new OnnxMessage().Add(1, "").Add(2, OpsetVersion)).ToArray();
    }

    private static OnnxMessage Attribute(string name, object value)
    {
        OnnxMessage attribute = new OnnxMessage().Add(1, name);
        if (value is int number) return attribute.Add(3, number).Add(20, Integer);
        if (value is float real) return attribute.AddFloat(2, real).Add(20, Float);
        foreach (int one in (int[])value) attribute.Add(8, one);
        return attribute.Add(20, Integers);
    }

    private static OnnxMessage ValueInfo(OnnxValue value)
    {
        OnnxMessage sizes = new();
        foreach (int size in value.Shape) sizes.Add(1, size == OnnxValue.Any ? new OnnxMessage().Add(2, "any") : new OnnxMessage().Add(1, size));
        return new OnnxMessage().Add(1, value.Name).Add(2, new OnnxMessage().Add(1, new OnnxMessage().Add(1, value.IsIds ? Int32Elements : FloatElements).Add(2, sizes)));
    }
}

/// <summary>An input or output of an ONNX file.</summary>
/// <param name="Name">As the file calls it.</param>
/// <param name="Shape">An extent of <see cref="Any"/> differs from call to call.</param>
/// <param name="IsIds">Whether it holds 32-bit integers.</param>
internal sealed record OnnxValue(string Name, int[] Shape, bool IsIds = false)
{
    public const int Any = -1;
}
