using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NetGen;
using NetGen.CompilerServices;
using NetGen.HotMethods;

// The tiles that large products consist of (8 x 48, 12 x 32, 14 x 16 or 6 x 16), a panel of one row, blocks of one row.
Multiply(8, 48);
Multiply(12, 32);
Multiply(14, 16);
Multiply(6, 16);
Multiply(1, 64);
Multiply(1, 256);
Multiply(1, 512);
Multiply(1, 1024);
// The tiles of convolutions: rows of 8, 12 and 14 places, and of 6.
Convolve(8, 48, kernel: 3);
Convolve(12, 32, kernel: 3);
Convolve(14, 16, kernel: 2);
Convolve(14, 16, kernel: 3);
Convolve(6, 16, kernel: 3);
new Flowers().Predict([5.1f, 3.5f, 1.4f, 0.2f], new float[3]);
Console.WriteLine(Vector512.IsHardwareAccelerated ? "AVX-512" : Fma.IsSupported ? "AVX2" : "other");

static void Multiply(int rows, int columns)
{
    const int Inner = 64;
    MatMul.Product(new float[rows * Inner], new float[Inner * columns], [], new float[rows * columns], rows, Inner, columns, default(Identity));
}

static void Convolve(int width, int outputs, int kernel)
{
    const int Inputs = 16;
    var shape = new ConvolutionShape(new([width + kernel - 1], [width], [kernel], [1], [1], [0]), Inputs, outputs);
    float[] x = new float[(width + kernel - 1) * Inputs], weight = new float[kernel * Inputs * outputs];
    Convolution.Forward(x, weight, [], [], [], new float[width * outputs], 1, shape, default(Identity));
}

namespace NetGen.HotMethods
{
    [Network, Input(4), Dense(16), ReLU, Dense(16), ReLU, Dense(3), SoftmaxCrossEntropy]
    internal sealed partial class Flowers;
}
