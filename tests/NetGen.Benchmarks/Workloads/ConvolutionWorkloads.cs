using NetGen.Benchmarks.Measuring;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Convolutions of 3x3 as generated code calls them, from as many channels to as many, without bias and activation.</summary>
internal static class ConvolutionWorkloads
{
    private const int Images = 16;

    private static readonly (int Channels, int Size)[] Layers = [(16, 28), (32, 28), (32, 14), (64, 14), (128, 8)];

    public static IEnumerable<Workload> All =>
    [
        .. from pass in Enum.GetValues<ConvolutionPass>()
           from padding in pass == ConvolutionPass.Forward ? new[] { 0, 1 } : [1]
           from layer in Layers
           let name = $"conv-{pass.ToString().ToLowerInvariant()}-{layer.Channels}-{layer.Size}x{layer.Size}{(padding > 0 ? "-padded" : "")}"
           let work = new ConvolutionLayer(pass, layer.Channels, layer.Size, padding, Images)
           select new Workload("conv-layer", name, work, () => Run(work)) { Targets = pass == ConvolutionPass.Forward ? [new ShareOfPeak(0.8)] : [] },
    ];

    private static Action<int> Run(ConvolutionLayer work)
    {
        (ConvolutionPass pass, int channels, int size, int padding, int images) = work;
        int places = work.Places;
        SlidingWindow window = new([size, size], [places, places], [3, 3], [1, 1], [1, 1], [padding, padding]);
        ConvolutionShape shape = new(window, channels, channels);
        AlignedBuffer x = Numbers.Random(images * size * size * channels, 1);
        AlignedBuffer weight = Numbers.Random(9 * channels * channels, 2);
        AlignedBuffer y = Numbers.Random(images * places * places * channels, 3);
        return Turn.Repeat(pass switch
        {
            ConvolutionPass.Forward => () => Convolution.Forward(x.Span, weight.Span, [], [], [], y.Span, images, shape, default(Identity)),
            ConvolutionPass.Dx => () => Convolution.InputGradient(y.Span, weight.Span, x.Span, images, shape, [], default(Identity)),
            _ => () => Convolution.WeightGradient(x.Span, y.Span, weight.Span, images, shape, Worker.Alone),
        });
    }
}
