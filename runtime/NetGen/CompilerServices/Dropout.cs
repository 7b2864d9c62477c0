using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>Dropout whose mask is never stored: what is dropped is a function of seed, step, layer and element.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Dropout
{
    /// <summary>
    /// <c>y[i] = keep(i) ? x[i] / (1 - rate) : 0</c>, where an element is kept with probability <c>1 - rate</c>.
    /// Its gradient is the same call on the gradient of <paramref name="y"/>, with the same seed, step and layer.
    /// </summary>
    /// <param name="x">Elements of a batch.</param>
    /// <param name="y">As long as <paramref name="x"/>, and may be <paramref name="x"/>.</param>
    /// <param name="rate">In [0, 1).</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="step">The network's step, at least 0.</param>
    /// <param name="layer">The layer's number in its network, so that two layers drop different elements.</param>
    /// <param name="first">Where in the batch's value the first of them stands: a multiple of 4.</param>
    public static void Apply(ReadOnlySpan<float> x, Span<float> y, float rate, ulong seed, long step, int layer, int first)
    {
        Debug.Assert(x.Length == y.Length && rate is >= 0 and < 1 && step >= 0 && first % Vector128<uint>.Count == 0);
        Vector128<float> scale = Vector128.Create(1 / (1 - rate));
        Vector128<uint> dropBelow = Vector128.Create((uint)(rate * 4294967296.0));
        int i = 0;
        for (; i <= x.Length - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            Drop(Vector128.Create(x[i..]), i).CopyTo(y[i..]);
        }
        if (i < x.Length)
        {
            Span<float> last = stackalloc float[Vector128<float>.Count];
            x[i..].CopyTo(last);
            Drop(Vector128.Create<float>(last), i).CopyTo(last);
            last[..(x.Length - i)].CopyTo(y[i..]);
        }

        // A selection, not a branch: what a mask drops cannot be predicted.
        Vector128<float> Drop(Vector128<float> elements, int start)
        {
            Vector128<uint> bits = Philox.Block((uint)((first + start) / Vector128<uint>.Count), (uint)layer, (ulong)step, seed);
            return Vector128.ConditionalSelect(Vector128.LessThan(bits, dropBelow).AsSingle(), Vector128<float>.Zero, elements * scale);
        }
    }
}
