using NetGen.Benchmarks.Images;

namespace NetGen.Benchmarks.Peers;

/// <summary>ONNX files of <see cref="ImageNetwork"/>s with <see cref="AgreedNumbers"/>. Batch normalisation is folded into the convolution before it.</summary>
internal sealed class OnnxImageModel
{
    private readonly OnnxGraph _graph = new();
    private readonly Queue<float[][]> _tensors;

    private OnnxImageModel(ImageNetwork network) =>
        _tensors = new(AgreedNumbers.Tensors(network).Select(tensors => tensors.Select(tensor => tensor.Values).ToArray()));

    public static byte[] Write(ImageNetwork network, int batch) => new OnnxImageModel(network).Build(network, batch);

    private byte[] Build(ImageNetwork network, int batch)
    {
        (string value, string kept) = (OnnxGraph.Input, "");
        (ImageLayer Layer, Extents Input)[] steps = [.. network.Steps];
        for (int i = 0; i < steps.Length; i++)
        {
            (ImageLayer layer, Extents input) = steps[i];
            bool isFolded = i + 1 < steps.Length && steps[i + 1].Layer is BatchNormalization;
            switch (layer)
            {
                case Convolution convolution:
                    value = Convolve(value, convolution.Tensors(input)[0].Shape, convolution.Window, input, groups: 1, isFolded);
                    break;
                case Depthwise depthwise:
                    value = Convolve(value, depthwise.Tensors(input)[0].Shape, depthwise.Window, input, groups: input.Channels, isFolded);
                    break;
                case Shortcut { Convolution: var convolution }:
                    kept = Convolve(kept, convolution.Tensors(input)[0].Shape, convolution.Window, input, groups: 1, isFolded: false);
                    break;
                case BatchNormalization:
                    break;
                case Rectifier:
                    value = _graph.Node("Relu", [value]);
                    break;
                case MaxPool pool:
                    value = _graph.Node("MaxPool", [value], ("kernel_shape", new[] { pool.Size, pool.Size }), ("strides", new[] { pool.Size, pool.Size }));
                    break;
                case GlobalAverage:
                    value = _graph.Node("Flatten", [_graph.Node("GlobalAveragePool", [value])]);
                    break;
                case Flattening:
                    value = _graph.Node("Flatten", [value]);
                    break;
                case Linear linear:
                    float[][] tensors = _tensors.Dequeue();
                    string weight = _graph.Constant(tensors[0], linear.Outputs, input.Count), bias = _graph.Constant(tensors[1], linear.Outputs);
                    value = _graph.Node("Gemm", [value, weight, bias], ("transB", 1));
                    break;
                case Keep:
                    kept = value;
                    break;
                case AddKept:
                    value = _graph.Node("Add", [value, kept]);
                    break;
                default:
                    throw new PeerException($"ONNX files have no {layer}");
            }
        }
        Extents output = network.Output;
        int[] outputShape = output is { Height: 1, Width: 1 } ? [batch, output.Channels] : [batch, output.Channels, output.Height, output.Width];
        return _graph.ToModel(value, [batch, network.Input.Channels, network.Input.Height, network.Input.Width], outputShape);
    }

    private string Convolve(string value, int[] shape, ImageWindow window, Extents input, int groups, bool isFolded)
    {
        float[][] tensors = _tensors.Dequeue();
        if (isFolded) Fold(tensors[0], tensors[1], _tensors.Dequeue());
        (int top, int bottom) = window.Padding(input.Height, window.Height);
        (int left, int right) = window.Padding(input.Width, window.Width);
        return _graph.Node(
            "Conv",
            [value, _graph.Constant(tensors[0], shape), _graph.Constant(tensors[1], shape[0])],
            ("kernel_shape", new[] { window.Height, window.Width }),
            ("strides", new[] { window.Stride, window.Stride }),
            ("pads", new[] { top, left, bottom, right }),
            ("group", groups));
    }

    // gamma * (w * x + b - mean) / sqrt(variance + epsilon) + beta, as a convolution.
    private static void Fold(float[] weight, float[] bias, float[][] norm)
    {
        int inFilter = weight.Length / bias.Length;
        for (int filter = 0; filter < bias.Length; filter++)
        {
            float scale = norm[0][filter] / MathF.Sqrt(norm[3][filter] + BatchNormalization.Epsilon);
            foreach (ref float w in weight.AsSpan(filter * inFilter, inFilter)) w *= scale;
            bias[filter] = (bias[filter] - norm[2][filter]) * scale + norm[1][filter];
        }
    }
}
