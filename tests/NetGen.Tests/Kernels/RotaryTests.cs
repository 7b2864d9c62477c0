using NetGen.CompilerServices;
using NetGen.Testing;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Rotary positions against their formula in double.</summary>
public class RotaryTests
{
    private static readonly (int Samples, int Time, int Heads, int Size, int Others)[] Shapes =
        [(1, 1, 1, 2, 0), (2, 5, 1, 2, 3), (2, 4, 3, 6, 18), (3, 7, 2, 32, 32), (1, 3, 2, 40, 40), (1, 3, 1, 64, 0)];

    public static TheoryData<Width, int> Cases => Widths.With([.. Enumerable.Range(0, Shapes.Length)]);

    [Theory, MemberData(nameof(Cases))]
    public void Each_pair_of_a_head_is_turned_by_the_angle_of_its_position(Width width, int shape)
    {
        var (samples, time, heads, size, others) = Shapes[shape];
        int turned = heads * size, row = turned + others;
        RotaryTable table = new(time, size);
        GuardedFloats x = GuardedFloats.Random(samples * time * row, 1), y = new(x.Length), back = new(x.Length);
        Widths.Run(width, new Rotary.TurnKernel(x, y, row, turned, table.All, table.Pairs, 1));
        y.AssertClose(i => Exact(x, i, row, turned, size, time));
        for (int i = 0; i < x.Length; i++)
        {
            if (i % row >= turned) Assert.Equal(x[i], y[i]);
        }

        Widths.Run(width, new Rotary.TurnKernel(y, back, row, turned, table.All, table.Pairs, -1));
        back.AssertClose(i => x[i]);

        GuardedFloats copy = new(x.Length);
        x.Span.CopyTo(copy);
        Rotary.Apply(copy, copy, row, turned, table);
        copy.AssertClose(i => y[i]);
        Rotary.Gradient(copy, copy, row, turned, table);
        copy.AssertClose(i => x[i]);
    }

    [Fact]
    public void The_product_of_query_and_key_depends_on_their_distance()
    {
        RotaryTable table = new(20, 8);
        GuardedFloats query = GuardedFloats.Random(8, 1), key = GuardedFloats.Random(8, 2);
        double expected = Product(3, 1);
        foreach ((int i, int j) in ((int, int)[])[(2, 0), (10, 8), (19, 17), (1002, 1000)]) Closeness.AssertClose(expected, Product(i, j));

        double Product(int i, int j)
        {
            (float[] q, float[] k) = (query.Span.ToArray(), key.Span.ToArray());
            Rotary.Step(q, 8, table, i);
            Rotary.Step(k, 8, table, j);
            double sum = 0;
            for (int n = 0; n < 8; n++) sum += (double)q[n] * k[n];
            return sum;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(1_000_000)]
    public void A_step_is_turned_like_its_row_within_the_table_and_beyond(int position)
    {
        RotaryTable table = new(7, 6);
        GuardedFloats x = GuardedFloats.Random(30, 1), y = new(30);
        x.Span.CopyTo(y);
        Rotary.Step(y, 12, table, position);
        var all = new float[(position + 1) * 30];
        x.Span.CopyTo(all.AsSpan(position * 30));
        y.AssertClose(i => Exact(all, (position * 30) + i, 30, 12, 6, position + 1));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(500_000)]
    public void Another_base_gives_other_frequencies(double number)
    {
        RotaryTable table = new(5, 4, number);
        float[] row = [1, 1, 0, 0];
        Rotary.Step(row, 4, table, 3);
        Closeness.AssertClose([Math.Cos(3), Math.Cos(3 / Math.Sqrt(number)), Math.Sin(3), Math.Sin(3 / Math.Sqrt(number))], row);
    }

    private static double Exact(ReadOnlySpan<float> x, int i, int row, int turned, int size, int time)
    {
        int column = i % row;
        if (column >= turned) return x[i];
        int pair = column % (size / 2), half = size / 2;
        double angle = i / row % time * Math.Pow(10000, -2.0 * pair / size);
        return column % size < half ? (x[i] * Math.Cos(angle)) - (x[i + half] * Math.Sin(angle)) : (x[i] * Math.Cos(angle)) + (x[i - half] * Math.Sin(angle));
    }
}
