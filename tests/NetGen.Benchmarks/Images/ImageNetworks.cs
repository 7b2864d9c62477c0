namespace NetGen.Benchmarks.Images;

/// <summary>The networks of images that are measured.</summary>
internal static class ImageNetworks
{
    private const bool Same = true;

    /// <summary>Two convolutions and a dense layer, for digits of 28x28.</summary>
    public static ImageNetwork Conv { get; } = new(
        new(1, 28, 28),
        Conv3x3(16, 1, !Same), new Rectifier(), new MaxPool(2),
        Conv3x3(32, 1, !Same), new Rectifier(), new MaxPool(2),
        new Flattening(), new Linear(10));

    /// <summary>LeNet-5 as SimpleChains.jl measures it: ReLU and maxima where LeCun et al. (1998) have sigmoids and means.</summary>
    public static ImageNetwork LeNet { get; } = new(
        new(1, 28, 28),
        new Convolution(6, new(5, 5, 1, !Same)), new Rectifier(), new MaxPool(2),
        new Convolution(16, new(5, 5, 1, !Same)), new Rectifier(), new MaxPool(2),
        new Flattening(), new Linear(120), new Rectifier(), new Linear(84), new Rectifier(), new Linear(10));

    /// <summary>
    /// MLPerf Tiny's ResNet-8 for images of 32x32 (He et al. 2016). Every convolution has a bias, which is why there are 78,666 parameters and statistics:
    /// <code>
    /// conv 3x3x3x16        27*16 + 16 = 448      norm 4*16 = 64        512
    /// stack of 16          2 * (144*16 + 16 + 64)                    4,768
    /// stack of 32          144*32 + 32 + 128, 288*32 + 32 + 128, shortcut 16*32 + 32      14,688
    /// stack of 64          288*64 + 64 + 256, 576*64 + 64 + 256, shortcut 32*64 + 64      58,048
    /// dense                64*10 + 10                                  650
    /// </code>
    /// </summary>
    public static ImageNetwork ResNet8 { get; } = Counted(78_666, new(
        new(3, 32, 32),
        [Conv3x3(16, 1, Same), new BatchNormalization(), new Rectifier(), .. Stack(16, 1), .. Stack(32, 2), .. Stack(64, 2), new GlobalAverage(), new Linear(10)]));

    /// <summary>
    /// MLPerf Tiny's DS-CNN for 49 frames of 10 coefficients of speech (Zhang et al. 2017); its average pool covers all of its 25x5. Every convolution
    /// has a bias, which is why there are 24,908 parameters and statistics:
    /// <code>
    /// conv 10x4x1x64       40*64 + 64 = 2,624    norm 4*64 = 256     2,880
    /// four blocks          depthwise 9*64 + 64 + 256 = 896, pointwise 64*64 + 64 + 256 = 4,416      21,248
    /// dense                64*12 + 12                                  780
    /// </code>
    /// </summary>
    public static ImageNetwork DsCnn { get; } = Counted(24_908, new(
        new(1, 49, 10),
        [
            new Convolution(64, new(10, 4, 2, Same)), new BatchNormalization(), new Rectifier(),
            .. Enumerable.Range(0, 4).SelectMany(_ => Separable(64, 1)),
            new GlobalAverage(), new Linear(12),
        ]));

    /// <summary>
    /// MLPerf Tiny's MobileNetV1 of a quarter of the width (Howard et al. 2017), which looks for persons in images of 96x96. Every convolution has a
    /// bias, which is why there are 221,794 parameters and statistics, 2,736 of them biases of convolutions:
    /// <code>
    /// conv 3x3x3x8         27*8 + 8 = 224        norm 4*8 = 32         256
    /// a block, n to m      depthwise 9*n + n + 4*n, pointwise n*m + m + 4*m
    ///                      8 to 16: 320, 16 to 32: 896, 32 to 32: 1,632, 32 to 64: 2,816, 64 to 64: 5,312, 64 to 128: 9,728,
    ///                      128 to 128, five times: 94,080, 128 to 256: 35,840, 256 to 256: 70,400          221,024
    /// dense                256*2 + 2                                   514
    /// </code>
    /// </summary>
    public static ImageNetwork MobileNet { get; } = Counted(221_794, new(
        new(3, 96, 96),
        [
            Conv3x3(8, 2, Same), new BatchNormalization(), new Rectifier(),
            .. Separable(16, 1),
            .. Separable(32, 2), .. Separable(32, 1),
            .. Separable(64, 2), .. Separable(64, 1),
            .. Separable(128, 2), .. Enumerable.Range(0, 5).SelectMany(_ => Separable(128, 1)),
            .. Separable(256, 2), .. Separable(256, 1),
            new GlobalAverage(), new Linear(2),
        ]));

    /// <summary>A network whose parameters and running statistics are as many as MLPerf Tiny publishes.</summary>
    private static ImageNetwork Counted(int count, ImageNetwork network) =>
        network.Count == count ? network : throw new InvalidOperationException($"{network} has {network.Count} parameters and statistics, not {count}.");

    private static Convolution Conv3x3(int filters, int stride, bool same) => new(filters, new(3, 3, stride, same));

    // The shortcut of a stack that changes the extents is a convolution without normalisation.
    private static IEnumerable<ImageLayer> Stack(int filters, int stride) =>
    [
        new Keep(),
        Conv3x3(filters, stride, Same), new BatchNormalization(), new Rectifier(),
        Conv3x3(filters, 1, Same), new BatchNormalization(),
        .. stride == 1 ? Array.Empty<ImageLayer>() : [new Shortcut(new(filters, new(1, 1, stride, Same)))],
        new AddKept(), new Rectifier(),
    ];

    private static IEnumerable<ImageLayer> Separable(int filters, int stride) =>
    [
        new Depthwise(new(3, 3, stride, Same)), new BatchNormalization(), new Rectifier(),
        new Convolution(filters, new(1, 1, 1, Same)), new BatchNormalization(), new Rectifier(),
    ];
}
