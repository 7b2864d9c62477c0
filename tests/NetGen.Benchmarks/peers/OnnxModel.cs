using System.Runtime.InteropServices;
using System.Text;

namespace NetGen.Benchmarks.Peers;

/// <summary>Writes ONNX files (protocol buffers) of dense layers, so that no package is needed for it. Numbers are fields of onnx.proto.</summary>
internal static class OnnxModel
{
    public const string Input = "x";
    public const string Output = "y";

    private const int Float = 1;
    private const int IrVersion = 8;
    private const int OpsetVersion = 13;

    /// <summary>Gemm and Relu in turns, the last layer without Relu; weights are <c>[out, in]</c>, as PyTorch exports them.</summary>
    public static byte[] Mlp(Layers layers, int batch)
    {
        Random random = new(1);
        Message graph = new();
        int last = layers.Widths.Length - 2;
        for (int i = 0; i <= last; i++)
        {
            string input = i == 0 ? Input : $"relu{i - 1}";
            string output = i == last ? Output : $"dense{i}";
            graph.Add(1, Gemm(input, $"weight{i}", $"bias{i}", output));
            if (i < last) graph.Add(1, new Message().Add(1, output).Add(2, $"relu{i}").Add(4, "Relu"));
            graph.Add(5, Tensor($"weight{i}", random, layers.Widths[i + 1], layers.Widths[i]));
            graph.Add(5, Tensor($"bias{i}", random, layers.Widths[i + 1]));
        }
        graph.Add(2, "mlp");
        graph.Add(11, ValueInfo(Input, batch, layers.Widths[0]));
        graph.Add(12, ValueInfo(Output, batch, layers.Widths[^1]));
        return new Message().Add(1, IrVersion).Add(7, graph).Add(8, new Message().Add(1, "").Add(2, OpsetVersion)).ToArray();
    }

    private static Message Gemm(string input, string weight, string bias, string output)
    {
        const int integer = 2;
        Message transposeWeight = new Message().Add(1, "transB").Add(3, 1).Add(20, integer);
        return new Message().Add(1, input).Add(1, weight).Add(1, bias).Add(2, output).Add(4, "Gemm").Add(5, transposeWeight);
    }

    private static Message Tensor(string name, Random random, params int[] shape)
    {
        float[] values = new float[shape.Aggregate((a, b) => a * b)];
        float bound = 1 / MathF.Sqrt(shape[^1]);
        for (int i = 0; i < values.Length; i++) values[i] = (random.NextSingle() * 2 - 1) * bound;
        Message tensor = new();
        foreach (int size in shape) tensor.Add(1, size);
        return tensor.Add(2, Float).Add(8, name).Add(9, MemoryMarshal.AsBytes<float>(values));
    }

    private static Message ValueInfo(string name, params int[] shape)
    {
        Message sizes = new();
        foreach (int size in shape) sizes.Add(1, new Message().Add(1, size));
        return new Message().Add(1, name).Add(2, new Message().Add(1, new Message().Add(1, Float).Add(2, sizes)));
    }

    /// <summary>A protocol buffer in the making.</summary>
    private sealed class Message
    {
        private const int Number = 0;
        private const int Bytes = 2;

        private readonly MemoryStream _stream = new();

        public Message Add(int field, int value)
        {
            Varint((uint)(field << 3 | Number));
            Varint((uint)value);
            return this;
        }

        public Message Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

        public Message Add(int field, Message message) => Add(field, message.ToArray());

        public Message Add(int field, ReadOnlySpan<byte> bytes)
        {
            Varint((uint)(field << 3 | Bytes));
            Varint((uint)bytes.Length);
            _stream.Write(bytes);
            return this;
        }

        public byte[] ToArray() => _stream.ToArray();

        private void Varint(uint value)
        {
            for (; value >= 128; value >>= 7) _stream.WriteByte((byte)(value | 128));
            _stream.WriteByte((byte)value);
        }
    }
}
