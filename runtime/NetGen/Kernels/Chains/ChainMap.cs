using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary><c>y[i] = f(a[i], b[i], c[i])</c>; y may be any of the operands. An operand that f does not read is another one again, whose load costs nothing more.</summary>
internal readonly ref struct ChainMap<TChain>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, Span<float> y, TChain f) : ISimdKernel
    where TChain : struct, IChain
{
    private readonly ReadOnlySpan<float> _a = a;
    private readonly ReadOnlySpan<float> _b = b;
    private readonly ReadOnlySpan<float> _c = c;
    private readonly Span<float> _y = y;
    private readonly TChain _f = f;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>() where V : struct, IVector16<V>
    {
        TChain f = _f;
        ref float a = ref MemoryMarshal.GetReference(_a);
        ref float b = ref MemoryMarshal.GetReference(_b);
        ref float c = ref MemoryMarshal.GetReference(_c);
        ref float y = ref MemoryMarshal.GetReference(_y);
        int count = _y.Length;
        int i = 0;
        for (; i <= count - 16; i += 16)
        {
            V.Store(f.Apply(V.Load(ref Unsafe.Add(ref a, i)), V.Load(ref Unsafe.Add(ref b, i)), V.Load(ref Unsafe.Add(ref c, i))), ref Unsafe.Add(ref y, i));
        }
        if (i == count) return;
        int left = count - i;
        V last = f.Apply(V.LoadPartial(ref Unsafe.Add(ref a, i), left), V.LoadPartial(ref Unsafe.Add(ref b, i), left), V.LoadPartial(ref Unsafe.Add(ref c, i), left));
        V.StorePartial(last, ref Unsafe.Add(ref y, i), left);
    }
}
