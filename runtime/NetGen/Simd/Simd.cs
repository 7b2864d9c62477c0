using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>Code that is written once over sixteen lanes. Its operands are the fields of the struct.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISimdKernel
{
    /// <summary>Does the work with the lanes of <typeparamref name="V"/>.</summary>
    void Run<V>() where V : struct, IVector16<V>;
}

/// <summary>The one place that chooses the width of vectors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Simd
{
    /// <summary>Runs <paramref name="kernel"/> on the widest vectors that the hardware runs at full speed.</summary>
    /// <remarks>The conditions are constants to the JIT and to native AOT: one branch is compiled, the others cost nothing.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(TKernel kernel) where TKernel : struct, ISimdKernel, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated) kernel.Run<Vector512x1>();
        else if (Vector256.IsHardwareAccelerated) kernel.Run<Vector256x2>();
        else if (Vector128.IsHardwareAccelerated) kernel.Run<Vector128x4>();
        else kernel.Run<Scalar16>();
    }
}
