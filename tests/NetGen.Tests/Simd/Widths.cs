using System.Runtime.Intrinsics.X86;
using NetGen.CompilerServices;

namespace NetGen.Tests.Simd;

/// <summary>The widths of vectors; tests run each that the machine has, whichever it prefers.</summary>
public enum Width
{
    Scalar,
    Vector128,
    Vector256,
    Vector512,
}

internal static class Widths
{
    public static readonly Width[] All =
        [Width.Scalar, Width.Vector128, .. Avx2.IsSupported ? [Width.Vector256] : Array.Empty<Width>(), .. Avx512F.IsSupported ? [Width.Vector512] : Array.Empty<Width>()];

    /// <summary>Lengths around whole and partial vectors.</summary>
    public static readonly int[] Lengths = [0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100];

    /// <summary>Every width.</summary>
    public static TheoryData<Width> Theory => [.. All];

    /// <summary>Every width with every number from <paramref name="numbers"/>.</summary>
    public static TheoryData<Width, int> With(params int[] numbers)
    {
        var data = new TheoryData<Width, int>();
        foreach (Width width in All)
        {
            foreach (int number in numbers) data.Add(width, number);
        }
        return data;
    }

    public static void Run<TKernel>(Width width, TKernel kernel) where TKernel : struct, ISimdKernel, allows ref struct
    {
        switch (width)
        {
            case Width.Scalar: kernel.Run<Scalar16>(); break;
            case Width.Vector128: kernel.Run<Vector128x4>(); break;
            case Width.Vector256: kernel.Run<Vector256x2>(); break;
            case Width.Vector512: kernel.Run<Vector512x1>(); break;
        }
    }
}
