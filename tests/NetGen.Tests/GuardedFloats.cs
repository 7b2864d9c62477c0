namespace NetGen.Tests;

/// <summary>Floats between guards of NaN: a kernel that writes outside its span is caught, and one whose result depends on what lies there gives NaN.</summary>
internal sealed class GuardedFloats
{
    private const int Margin = 32;

    private readonly float[] _memory;

    public GuardedFloats(int length)
    {
        _memory = new float[length + 2 * Margin];
        Array.Fill(_memory, float.NaN);
        Length = length;
    }

    public int Length { get; }

    public Span<float> Span => _memory.AsSpan(Margin, Length);

    /// <summary>Random floats between <paramref name="low"/> and <paramref name="high"/>.</summary>
    public static GuardedFloats Random(int length, int seed, float low = -1, float high = 1)
    {
        var random = new Random(seed);
        var floats = new GuardedFloats(length);
        foreach (ref float value in floats.Span) value = low + (high - low) * random.NextSingle();
        return floats;
    }

    public static implicit operator Span<float>(GuardedFloats floats) => floats.Span;

    public static implicit operator ReadOnlySpan<float>(GuardedFloats floats) => floats.Span;

    public float this[int i] => Span[i];

    public void AssertGuards()
    {
        for (int i = 0; i < Margin; i++)
        {
            Assert.True(float.IsNaN(_memory[i]), $"{Margin - i} floats before the span were overwritten");
            Assert.True(float.IsNaN(_memory[Margin + Length + i]), $"{i + 1} floats after the span were overwritten");
        }
    }

    /// <summary>Checks the guards and the values.</summary>
    public void AssertClose(Func<int, double> expected)
    {
        AssertGuards();
        var values = new double[Length];
        for (int i = 0; i < Length; i++) values[i] = expected(i);
        Closeness.AssertClose(values, Span);
    }
}
