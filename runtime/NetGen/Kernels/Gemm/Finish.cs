using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary><c>c = f(scale * c + shift + residual)</c> over rows that have just been written, where a product cannot do it in registers.</summary>
internal static unsafe class Finish
{
    /// <summary>Null is absent; a shift comes with each scale.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Rows<V, TActivation>(float* c, float* scale, float* shift, float* residual, int rows, int columns, TActivation activation)
        where V : struct, IVector16<V> where TActivation : struct, IActivation
    {
        for (; rows > 0; rows--)
        {
            int j = 0;
            for (; j <= columns - 16; j += 16) Step<V, TActivation>(c, scale, shift, residual, j, 16, activation);
            if (j < columns) Step<V, TActivation>(c, scale, shift, residual, j, columns - j, activation);
            c += columns;
            if (residual != null) residual += columns;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V, TActivation>(float* c, float* scale, float* shift, float* residual, int j, int width, TActivation activation)
        where V : struct, IVector16<V> where TActivation : struct, IActivation
    {
        V sum = UpTo16.Load<V>(in c[j], width);
        if (scale != null) sum = V.MultiplyAdd(sum, UpTo16.Load<V>(in scale[j], width), UpTo16.Load<V>(in shift[j], width));
        if (residual != null) sum += UpTo16.Load<V>(in residual[j], width);
        UpTo16.Store(activation.Apply(sum), ref c[j], width);
    }
}
