namespace NetGen.Benchmarks.Peers;

/// <summary>ONNX files of dense layers.</summary>
internal static class OnnxModel
{
    /// <summary>Gemm and Relu in turns, the last layer without Relu; weights are <c>[out, in]</c>, as PyTorch exports them.</summary>
    public static byte[] Mlp(Layers layers, int batch)
    {
        Random random = new(1);
        OnnxGraph graph = new();
        string value = OnnxGraph.Input;
        int last = layers.Widths.Length - 2;
        for (int i = 0; i <= last; i++)
        {
            (int inputs, int outputs) = (layers.Widths[i], layers.Widths[i + 1]);
            string weight = graph.Constant(Numbers(random, inputs * outputs, inputs), outputs, inputs);
            string bias = graph.Constant(Numbers(random, outputs, outputs), outputs);
            value = graph.Node("Gemm", [value, weight, bias], ("transB", 1));
            if (i < last) value = graph.Node("Relu", [value]);
        }
        return graph.ToModel(value, [batch, layers.Widths[0]], [batch, layers.Widths[^1]]);
    }

    private static float[] Numbers(Random random, int count, int fanIn)
    {
        float bound = 1 / MathF.Sqrt(fanIn);
        float[] values = new float[count];
        foreach (ref float value in values.AsSpan()) value = (random.NextSingle() * 2 - 1) * bound;
        return values;
    }
}
