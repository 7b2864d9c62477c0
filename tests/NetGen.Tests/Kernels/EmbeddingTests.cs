using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

public class EmbeddingTests
{
    public static TheoryData<Width, int> Cases => Widths.With(1, 3, 16, 20, 33, 64);

    [Fact]
    public void Each_id_gives_its_row()
    {
        GuardedFloats table = GuardedFloats.Random(7 * 5, 1), y = new(4 * 5);
        Embedding.Forward([6, 0, 3, 6], table, y, 5);
        int[] ids = [6, 0, 3, 6];
        y.AssertClose(i => table[(ids[i / 5] * 5) + (i % 5)]);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(-1)]
    [InlineData(1e9f)]
    [InlineData(float.PositiveInfinity)]
    public void An_id_without_a_row_reads_no_memory(float id) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Embedding.Forward([id], new float[7 * 5], new float[5], 5));

    [Theory, MemberData(nameof(Cases))]
    public void The_gradient_of_a_row_is_the_sum_over_its_ids(Width width, int columns)
    {
        const int vocabulary = 9, rows = 40;
        float[] ids = [.. Enumerable.Range(0, rows).Select(r => (float)(r * r % 7))];
        GuardedFloats dy = GuardedFloats.Random(rows * columns, 1), dtable = new(vocabulary * columns);
        dtable.Span.Clear();
        // In two parts, as two workers do it.
        foreach ((int first, int count) in ((int, int)[])[(0, 4), (4, 5)])
        {
            Widths.Run(width, new Embedding.GradientKernel(ids, dy, dtable.Span.Slice(first * columns, count * columns), columns, first));
        }
        GuardedFloats whole = GuardedFloats.Random(vocabulary * columns, 2);
        Embedding.Gradient(ids, dy, whole.Span, columns, Worker.Alone);
        dtable.AssertClose(Exact);
        whole.AssertClose(Exact);

        double Exact(int i)
        {
            double sum = 0;
            for (int r = 0; r < rows; r++) sum += (int)ids[r] == i / columns ? dy[(r * columns) + (i % columns)] : 0;
            return sum;
        }
    }

    [Fact]
    public void A_training_step_updates_all_rows_of_the_table()
    {
        float[] values = new float[6], parameter = [1, 1, 1, 1, 1, 1];
        SGD descent = new(0.5f) { WeightDecay = 0.5f };
        descent.BeginStep(TestNetwork.OfOneMatrix(parameter.Length));
        Embedding.Gradient([2, 2], [1, 2, 3, 4], new ParameterGradient(values, parameter, 0, descent), 2, Worker.Alone);
        Assert.Equal([0, 0, 0, 0, 4, 6], values);
        Assert.Equal([0.75f, 0.75f, 0.75f, 0.75f, -1.25f, -2.25f], parameter);
    }
}
