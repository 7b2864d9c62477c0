using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>Cosines and sines of rotary positions: position t turns pair i of a head by the angle <c>t base^(-2i / headSize)</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RotaryTable
{
    private readonly double[] _frequencies;
    private readonly float[] _turns;

    /// <summary>Computes the table.</summary>
    /// <param name="time">Steps of a sequence.</param>
    /// <param name="headSize">Floats of a head, an even number.</param>
    /// <param name="baseOfAngles">The base, at least 1.</param>
    public RotaryTable(int time, int headSize, double baseOfAngles = 10000)
    {
        Time = time;
        Pairs = headSize / 2;
        _frequencies = new double[Pairs];
        for (int i = 0; i < Pairs; i++) _frequencies[i] = Math.Pow(baseOfAngles, -2.0 * i / headSize);
        _turns = new float[time * headSize];
        for (int t = 0; t < time; t++) Turns(t, _turns.AsSpan(t * headSize, headSize));
    }

    internal int Time { get; }

    /// <summary>Pairs of a head: i and i + Pairs.</summary>
    internal int Pairs { get; }

    /// <summary>Of each position its cosines, then its sines.</summary>
    internal ReadOnlySpan<float> All => _turns;

    /// <summary>The cosines, then the sines of any position: beyond the table too, because a stream may have no end.</summary>
    internal void Turns(long position, Span<float> turns)
    {
        for (int i = 0; i < Pairs; i++)
        {
            (double sine, double cosine) = Math.SinCos(position * _frequencies[i]);
            turns[i] = (float)cosine;
            turns[Pairs + i] = (float)sine;
        }
    }
}
