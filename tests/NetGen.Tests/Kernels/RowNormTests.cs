using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Layer norm and RMS norm of rows, against sums in double.</summary>
public class RowNormTests
{
    private const float Epsilon = 1e-5f;

    private static readonly (int Rows, int Width)[] Shapes = [(1, 6), (5, 7), (3, 16), (2, 33), (70, 20), (2, 64), (1, 2500)];

    public static TheoryData<Width, int> Cases => Widths.With([.. Enumerable.Range(0, Shapes.Length)]);

    [Theory, MemberData(nameof(Cases))]
    public void Rows_are_normalised(Width width, int shape)
    {
        var (rows, columns) = Shapes[shape];
        foreach (bool centred in (bool[])[true, false])
        {
            GuardedFloats x = GuardedFloats.Random(rows * columns, 1, -1, 5), weight = GuardedFloats.Random(columns, 2), bias = GuardedFloats.Random(columns, 3);
            GuardedFloats moments = new(2 * rows), y = new(x.Length);
            Widths.Run(width, new RowNorm.MomentsKernel(x, moments, columns, Epsilon, centred));
            moments.AssertClose(i => Exact(x.Span.Slice(i / 2 * columns, columns), centred)[i % 2]);
            Widths.Run(width, new RowNorm.ForwardKernel(x, moments, weight, bias, y));
            y.AssertClose(i => ((x[i] - (double)moments[i / columns * 2]) * moments[(i / columns * 2) + 1] * weight[i % columns]) + bias[i % columns]);
            Widths.Run(width, new RowNorm.ForwardKernel(x, moments, weight, default, y));
            y.AssertClose(i => (x[i] - (double)moments[i / columns * 2]) * moments[(i / columns * 2) + 1] * weight[i % columns]);
            RowNorm.Forward(x, moments, weight, default, x);
            x.AssertClose(i => y[i]);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gradients_are_those_of_the_formula(Width width, int shape)
    {
        var (rows, columns) = Shapes[shape];
        foreach (bool centred in (bool[])[true, false])
        {
            GuardedFloats x = GuardedFloats.Random(rows * columns, 1), dy = GuardedFloats.Random(rows * columns, 2), weight = GuardedFloats.Random(columns, 3);
            GuardedFloats moments = new(2 * rows), dx = new(x.Length), dweight = new(columns), parts = new(columns);
            RowNorm.Moments(x, moments, columns, Epsilon, centred);
            double Normalized(int i) => (x[i] - (double)moments[i / columns * 2]) * moments[(i / columns * 2) + 1];

            Widths.Run(width, new RowNorm.InputKernel(dy, x, moments, weight, dx, centred));
            dx.AssertClose(i =>
            {
                int row = i / columns * columns;
                (double mean, double product) = (0, 0);
                for (int j = row; j < row + columns; j++)
                {
                    mean += (double)weight[j - row] * dy[j] / columns;
                    product += (double)weight[j - row] * dy[j] * Normalized(j) / columns;
                }
                return moments[(i / columns * 2) + 1] * (((double)weight[i - row] * dy[i]) - (centred ? mean : 0) - (Normalized(i) * product));
            });

            int half = Math.Min(16, columns);
            foreach (Part part in new Part[] { new(0, half), new(half, columns - half) }) Widths.Run(width, new RowNorm.WeightKernel(dy, x, moments, parts, part));
            RowNorm.WeightGradient(dy, x, moments, dweight.Span, Worker.Alone);
            parts.AssertClose(OfWeight);
            dweight.AssertClose(OfWeight);

            RowNorm.InputGradient(dy, x, moments, weight, dy, centred);
            dy.AssertClose(i => dx[i]);

            double OfWeight(int j)
            {
                double sum = 0;
                for (int i = j; i < x.Length; i += columns) sum += dy[i] * Normalized(i);
                return sum;
            }
        }
    }

    private static double[] Exact(ReadOnlySpan<float> row, bool centred)
    {
        (double sum, double squares) = (0, 0);
        foreach (float value in row) sum += value;
        double mean = centred ? sum / row.Length : 0;
        foreach (float value in row) squares += (value - mean) * (value - mean);
        return [mean, 1 / Math.Sqrt((squares / row.Length) + Epsilon)];
    }
}
