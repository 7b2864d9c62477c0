using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>
/// The three products against sums in double, over shapes around tiles of 2, 6, 8 and 14 rows and 16, 32 and 48 columns, chunks of 256 and 512, strips of 112, four chains of narrow
/// products, panels of 64 and 128, and blocks of 120 rows and 2048 columns.
/// </summary>
public class MatMulTests
{
    private static readonly (int Rows, int Inner, int Columns)[] Shapes =
    [
        (0, 3, 4), (3, 0, 4), (3, 4, 0), (1, 1, 1), (1, 7, 10), (2, 1, 16), (5, 15, 17), (6, 16, 15), (7, 17, 31), (12, 33, 32), (13, 2, 33),
        (16, 31, 63), (17, 100, 64), (19, 64, 10), (31, 10, 65), (33, 256, 48), (20, 257, 49), (4, 300, 100), (1, 784, 128), (3, 65, 7), (64, 64, 10),
        (9, 1100, 50), (37, 600, 70), (130, 20, 129), (14, 5, 96), (1, 40, 300), (2, 1030, 16),
        (49, 300, 130), (33, 50, 2060), (3, 21, 908), (2, 8, 330), (5, 131, 10), (1, 800, 10), (3, 128, 1), (16, 1031, 3),
        // Rows enough for a packed copy of the right operand, in one chunk and in several.
        (1030, 70, 67), (1040, 390, 20),
    ];

    public static TheoryData<Width, int> Cases => Widths.With([.. Enumerable.Range(0, Shapes.Length)]);

    [Theory, MemberData(nameof(Cases))]
    public void Product_adds_the_bias(Width width, int shape)
    {
        var (rows, inner, columns) = Shapes[shape];
        GuardedFloats a = GuardedFloats.Random(rows * inner, 1), b = GuardedFloats.Random(inner * columns, 2), bias = GuardedFloats.Random(columns, 3);
        var c = new GuardedFloats(rows * columns);
        Widths.Run(width, new MatMul.ProductKernel<Identity>(a, b, bias, c, rows, inner, columns, default));
        c.AssertClose(i => bias[i % columns] + Sum(inner, k => (double)a[i / columns * inner + k] * b[k * columns + i % columns]));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Product_is_scaled_shifted_added_to_and_activated(Width width, int shape)
    {
        var (rows, inner, columns) = Shapes[shape];
        GuardedFloats a = GuardedFloats.Random(rows * inner, 1), b = GuardedFloats.Random(inner * columns, 2), c = new(rows * columns);
        GuardedFloats scale = GuardedFloats.Random(columns, 3), shift = GuardedFloats.Random(columns, 4), residual = GuardedFloats.Random(rows * columns, 5);
        double[] product = [.. Enumerable.Range(0, c.Length).Select(i => Sum(inner, k => (double)a[i / columns * inner + k] * b[k * columns + i % columns]))];
        for (int form = 0; form < 8; form++)
        {
            ReadOnlySpan<float> s = (form & 1) != 0 ? scale.Span : default, t = (form & 3) != 0 ? shift.Span : default, r = (form & 4) != 0 ? residual.Span : default;
            Widths.Run(width, new MatMul.ScaledProductKernel<LeakyReLU>(a, b, s, t, r, c, rows, inner, columns, new(0.1f)));
            c.AssertClose(i => Expected(i) is var y && y > 0 ? y : 0.1 * y);
            Widths.Run(width, new MatMul.ScaledProductKernel<SiLU>(a, b, s, t, r, c, rows, inner, columns, default));
            c.AssertClose(i => Expected(i) / (1 + Math.Exp(-Expected(i))));

            double Expected(int i) =>
                ((form & 1) != 0 ? scale[i % columns] : 1) * product[i] + ((form & 3) != 0 ? shift[i % columns] : 0) + ((form & 4) != 0 ? residual[i] : 0);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Product_without_bias_and_a_transposed_left_operand(Width width, int shape)
    {
        var (rows, inner, columns) = Shapes[shape];
        GuardedFloats a = GuardedFloats.Random(inner * rows, 1), b = GuardedFloats.Random(inner * columns, 2), c = new(rows * columns);
        // In two parts, as two workers do it.
        foreach (Part part in new Part[] { new(0, rows / 2), new(rows / 2, rows - (rows / 2)) })
        {
            Widths.Run(width, new MatMul.TransposedLeftKernel(a, b, c.Span, part, rows, inner, columns));
        }
        c.AssertClose(i => Sum(inner, k => (double)a[k * rows + i / columns] * b[k * columns + i % columns]));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Product_with_a_transposed_right_operand(Width width, int shape)
    {
        var (rows, inner, columns) = Shapes[shape];
        GuardedFloats a = GuardedFloats.Random(rows * inner, 1), b = GuardedFloats.Random(columns * inner, 2), c = new(rows * columns);
        Widths.Run(width, new MatMul.TransposedRightKernel<Identity>(a, b, c, rows, inner, columns, default, default));
        c.AssertClose(i => Sum(inner, k => (double)a[i / columns * inner + k] * b[i % columns * inner + k]));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Product_with_a_transposed_right_operand_times_a_derivative(Width width, int shape)
    {
        var (rows, inner, columns) = Shapes[shape];
        GuardedFloats a = GuardedFloats.Random(rows * inner, 1), b = GuardedFloats.Random(columns * inner, 2), c = new(rows * columns);
        GuardedFloats y = GuardedFloats.Random(rows * columns, 3, -1, 1);
        Widths.Run(width, new MatMul.TransposedRightKernel<Tanh>(a, b, c, rows, inner, columns, y, default));
        c.AssertClose(i => (1 - ((double)y[i] * y[i])) * Sum(inner, k => (double)a[i / columns * inner + k] * b[i % columns * inner + k]));
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_row_has_the_same_bits_alone_and_in_a_batch(Width width, int shape)
    {
        var (rows, inner, columns) = Shapes[shape];
        GuardedFloats a = GuardedFloats.Random(rows * inner, 1), b = GuardedFloats.Random(inner * columns, 2), bias = GuardedFloats.Random(columns, 3);
        GuardedFloats batch = new(rows * columns), alone = new(columns), residual = GuardedFloats.Random(rows * columns, 4);
        foreach (float[] scale in new float[][] { [], bias.Span.ToArray() })
        {
            Widths.Run(width, new MatMul.ScaledProductKernel<ReLU>(a, b, scale, bias, residual, batch, rows, inner, columns, default));
            for (int r = 0; r < rows; r++)
            {
                Widths.Run(width, new MatMul.ScaledProductKernel<ReLU>(
                    a.Span.Slice(r * inner, inner), b, scale, bias, residual.Span.Slice(r * columns, columns), alone, 1, inner, columns, default));
                Assert.Equal(batch.Span.Slice(r * columns, columns).ToArray(), alone.Span.ToArray());
            }
        }
        Widths.Run(width, new MatMul.ProductKernel<Identity>(a, b, bias, batch, rows, inner, columns, default));
        for (int r = 0; r < rows; r++)
        {
            Widths.Run(width, new MatMul.ProductKernel<Identity>(a.Span.Slice(r * inner, inner), b, bias, alone, 1, inner, columns, default));
            Assert.Equal(batch.Span.Slice(r * columns, columns).ToArray(), alone.Span.ToArray());
        }
    }

    /// <summary>Against rows that are computed alone, which are tested above: sums in double would take minutes at this size.</summary>
    [Theory, MemberData(nameof(Widths.Theory), MemberType = typeof(Widths))]
    public void A_product_of_several_blocks_has_the_bits_of_its_rows(Width width)
    {
        const int Rows = 257, Inner = 513, Columns = 2070;
        GuardedFloats a = GuardedFloats.Random(Rows * Inner, 1), b = GuardedFloats.Random(Inner * Columns, 2), bias = GuardedFloats.Random(Columns, 3);
        GuardedFloats batch = new(Rows * Columns), alone = new(Columns);
        Widths.Run(width, new MatMul.ProductKernel<LeakyReLU>(a, b, bias, batch, Rows, Inner, Columns, new(0.1f)));
        batch.AssertGuards();
        for (int r = 0; r < Rows; r += 16)
        {
            Widths.Run(width, new MatMul.ProductKernel<LeakyReLU>(a.Span.Slice(r * Inner, Inner), b, bias, alone, 1, Inner, Columns, new(0.1f)));
            Assert.Equal(alone.Span.ToArray(), batch.Span.Slice(r * Columns, Columns).ToArray());
        }
    }

    [Fact]
    public void The_public_products_hand_on_their_operands()
    {
        const int Rows = 7, Inner = 20, Columns = 18;
        GuardedFloats a = GuardedFloats.Random(Rows * Inner, 1), at = GuardedFloats.Random(Inner * Rows, 2);
        GuardedFloats b = GuardedFloats.Random(Inner * Columns, 3), bt = GuardedFloats.Random(Columns * Inner, 4), bias = GuardedFloats.Random(Columns, 5);
        var c = new GuardedFloats(Rows * Columns);
        MatMul.Product(a, b, bias, c, Rows, Inner, Columns, new ReLU());
        c.AssertClose(i => Math.Max(0, bias[i % Columns] + Sum(Inner, k => (double)a[i / Columns * Inner + k] * b[k * Columns + i % Columns])));
        MatMul.Product(a, b, default, c, Rows, Inner, Columns, new Identity());
        c.AssertClose(i => Sum(Inner, k => (double)a[i / Columns * Inner + k] * b[k * Columns + i % Columns]));
        MatMul.Product(a, b, bias, bias, c.Span.ToArray(), c, Rows, Inner, Columns, new Identity());
        c.AssertClose(i => (1 + bias[i % Columns]) * Sum(Inner, k => (double)a[i / Columns * Inner + k] * b[k * Columns + i % Columns]) + bias[i % Columns]);
        MatMul.TransposedLeft(at, b, c.Span, Rows, Inner, Columns, Worker.Alone);
        c.AssertClose(i => Sum(Inner, k => (double)at[k * Rows + i / Columns] * b[k * Columns + i % Columns]));
        MatMul.TransposedRight(a, bt, c, Rows, Inner, Columns, default, default(Identity));
        c.AssertClose(i => Sum(Inner, k => (double)a[i / Columns * Inner + k] * bt[i % Columns * Inner + k]));
    }

    private static double Sum(int count, Func<int, double> term)
    {
        double sum = 0;
        for (int k = 0; k < count; k++) sum += term(k);
        return sum;
    }
}
