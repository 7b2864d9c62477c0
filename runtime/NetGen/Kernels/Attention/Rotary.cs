using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Rotary positions: pairs (i, i + headSize / 2) of each head of queries and keys are turned by angles that grow with the position, so that their products depend on the
/// distance of two steps. Su et al. 2021, "RoFormer"; the pairs are those of GPT-NeoX and Llama.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Rotary
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary><c>y_i = x_i cos - x_j sin</c>, <c>y_j = x_j cos + x_i sin</c> with <c>j = i + headSize / 2</c>; other columns are copied.</summary>
    /// <param name="x"><c>[samples, T, width]</c>.</param>
    /// <param name="y">Like x, and may be x.</param>
    /// <param name="width">Floats of a row: 3E for query, key and value.</param>
    /// <param name="turned">Columns of whole heads that are turned, from the first on: 2E for query and key.</param>
    /// <param name="table">Made for T steps and the size of the heads.</param>
    [MethodImpl(Hot)]
    public static void Apply(ReadOnlySpan<float> x, Span<float> y, int width, int turned, RotaryTable table)
    {
        AssertShapes(x, y, width, turned, table);
        Simd.Run(new TurnKernel(x, y, width, turned, table.All, table.Pairs, sign: 1));
    }

    /// <summary>The gradient of <see cref="Apply"/>: a turn back.</summary>
    /// <param name="dy"><c>[samples, T, width]</c>.</param>
    /// <param name="dx">Like dy, and may be dy.</param>
    /// <param name="width">As in <see cref="Apply"/>.</param>
    /// <param name="turned">As in <see cref="Apply"/>.</param>
    /// <param name="table">As in <see cref="Apply"/>.</param>
    [MethodImpl(Hot)]
    public static void Gradient(ReadOnlySpan<float> dy, Span<float> dx, int width, int turned, RotaryTable table)
    {
        AssertShapes(dy, dx, width, turned, table);
        Simd.Run(new TurnKernel(dy, dx, width, turned, table.All, table.Pairs, sign: -1));
    }

    /// <summary>As <see cref="Apply"/> for one step at any position, in place.</summary>
    /// <param name="row"><c>[width]</c>.</param>
    /// <param name="turned">As in <see cref="Apply"/>.</param>
    /// <param name="table">As in <see cref="Apply"/>; the position may lie beyond its steps.</param>
    /// <param name="position">At least 0.</param>
    [MethodImpl(Hot)]
    public static void Step(Span<float> row, int turned, RotaryTable table, long position)
    {
        Debug.Assert(turned <= row.Length && turned % (2 * table.Pairs) == 0 && position >= 0);
        ReadOnlySpan<float> turns;
        if (position < table.Time)
        {
            turns = table.All.Slice((int)position * 2 * table.Pairs, 2 * table.Pairs);
        }
        else
        {
            Span<float> computed = Scratch.OfThread(2 * table.Pairs);
            table.Turns(position, computed);
            turns = computed;
        }
        Simd.Run(new TurnKernel(row, row, row.Length, turned, turns, table.Pairs, sign: 1));
    }

    [Conditional("DEBUG")]
    private static void AssertShapes(ReadOnlySpan<float> x, Span<float> y, int width, int turned, RotaryTable table)
    {
        Debug.Assert(x.Length == y.Length && turned <= width && turned % (2 * table.Pairs) == 0 && x.Length % (table.Time * width) == 0);
    }

    internal readonly ref struct TurnKernel(ReadOnlySpan<float> x, Span<float> y, int width, int turned, ReadOnlySpan<float> turns, int pairs, float sign) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x, _turns = turns;
        private readonly Span<float> _y = y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            fixed (float* firstX = _x, firstY = _y, firstTurns = _turns)
            {
                float* x = firstX, y = firstY, turns = firstTurns;
                for (int row = _x.Length / width; row > 0; row--)
                {
                    for (int i = 0; i < pairs; i += 16)
                    {
                        int lanes = Math.Min(16, pairs - i);
                        V cosine = UpTo16.Load<V>(in turns[i], lanes), sine = V.Broadcast(sign) * UpTo16.Load<V>(in turns[pairs + i], lanes);
                        for (int j = i; j < turned; j += 2 * pairs)
                        {
                            V a = UpTo16.Load<V>(in x[j], lanes), b = UpTo16.Load<V>(in x[j + pairs], lanes);
                            UpTo16.Store((a * cosine) - (b * sine), ref y[j], lanes);
                            UpTo16.Store((b * cosine) + (a * sine), ref y[j + pairs], lanes);
                        }
                    }
                    if (x != y) new ReadOnlySpan<float>(x + turned, width - turned).CopyTo(new(y + turned, width - turned));
                    x += width;
                    y += width;
                    turns += 2 * pairs;
                    if (turns == firstTurns + _turns.Length) turns = firstTurns;
                }
            }
        }
    }
}
