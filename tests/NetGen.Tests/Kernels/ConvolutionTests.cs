using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Convolutions against sums in double: layers as networks have them, and random ones.</summary>
public class ConvolutionTests
{
    private static readonly ConvolutionCase[] Layers =
    [
        ConvolutionCase.Square(2, 1, 16, 28, 3),
        ConvolutionCase.Square(2, 16, 32, 14, 3),
        ConvolutionCase.Square(1, 48, 64, 8, 3),
        ConvolutionCase.Square(3, 20, 50, 7, 3),
        ConvolutionCase.Square(1, 3, 16, 33, 3, stride: 2),
        ConvolutionCase.Square(1, 16, 32, 16, 1, stride: 2),
        ConvolutionCase.Square(3, 33, 70, 6, 1),
        ConvolutionCase.Square(2, 6, 16, 14, 5, padding: 0),
        ConvolutionCase.Square(1, 18, 40, 12, 3, dilation: 2, padding: 2),
        ConvolutionCase.Square(2, 24, 36, 9, 3, groups: 3),
        ConvolutionCase.Square(1, 8, 20, 5, 3, rank: 3),
        ConvolutionCase.Square(2, 12, 24, 50, 7, stride: 2, rank: 1),
        new(2, 1, 64, 1, [49, 10], [25, 5], [10, 4], [2, 2], [1, 1], [4, 1]),
        new(2, 1, 55, 1, [9, 30], [6, 15], [5, 3], [2, 2], [1, 1], [3, 1]),
        new(1, 3, 40, 1, [7, 6], [3, 6], [4, 1], [1, 1], [2, 1], [1, 0]),
        new(1, 130, 18, 1, [3, 90], [3, 91], [3, 2], [1, 1], [1, 1], [1, 1]),
        // With fewer products, by tiles of 2x2 places.
        ConvolutionCase.Square(2, 16, 16, 10, 3, winograd: true),
        ConvolutionCase.Square(2, 17, 33, 11, 3, padding: 0, winograd: true),
        ConvolutionCase.Square(1, 64, 20, 9, 3, padding: 2, winograd: true),
        ConvolutionCase.Square(1, 16, 90, 40, 3, winograd: true),
        new(2, 24, 40, 1, [5, 60], [3, 60], [3, 3], [1, 1], [1, 1], [0, 1], winograd: true),
        // Few channels.
        ConvolutionCase.Square(3, 1, 6, 28, 5, padding: 0),
        ConvolutionCase.Square(2, 1, 3, 24, 7),
        ConvolutionCase.Square(2, 3, 8, 16, 3, stride: 2),
        ConvolutionCase.Square(2, 6, 16, 12, 5, padding: 0),
        ConvolutionCase.Square(2, 18, 4, 9, 5),
        ConvolutionCase.Square(2, 4, 20, 11, 5, stride: 2, dilation: 2),
        ConvolutionCase.Square(2, 3, 5, 6, 3, rank: 3),
        new(3, 1, 6, 1, [11, 30], [6, 32], [4, 5], [2, 1], [2, 1], [3, 4]),
    ];

    private static readonly ConvolutionCase[] RandomLayers = [.. Enumerable.Range(0, 150).Select(ConvolutionCase.Random)];
    private static readonly ConvolutionCase[] RandomWinogradLayers = [.. Enumerable.Range(0, 50).Select(ConvolutionCase.RandomWinograd)];

    public static TheoryData<Width, int> LayerCases => Widths.With([.. Enumerable.Range(0, Layers.Length)]);

    [Theory, MemberData(nameof(LayerCases))]
    public void Layers_agree_with_sums_in_double(Width width, int layer) => AssertAgrees(width, Layers[layer]);

    [Theory, MemberData(nameof(Widths.Theory), MemberType = typeof(Widths))]
    public void Random_convolutions_agree_with_sums_in_double(Width width) => AssertAgrees(width, RandomLayers);

    [Theory, MemberData(nameof(Widths.Theory), MemberType = typeof(Widths))]
    public void Random_convolutions_by_minimal_filtering_agree_with_sums_in_double(Width width) => AssertAgrees(width, RandomWinogradLayers);

    private static void AssertAgrees(Width width, ConvolutionCase[] cases)
    {
        foreach ((int seed, ConvolutionCase c) in cases.Index())
        {
            try
            {
                AssertAgrees(width, c);
            }
            catch (NotCloseException e)
            {
                Assert.Fail($"seed {seed}: {c}: {e.Message}");
            }
        }
    }

    [Theory, MemberData(nameof(LayerCases))]
    public void Scale_shift_residual_and_activation_follow_the_sum(Width width, int layer)
    {
        ConvolutionCase c = Layers[layer];
        double[] convolved = c.Convolved, backwards = c.ConvolvedBackwards;
        int outputs = c.Shape.Outputs, inputs = c.Shape.Inputs;
        GuardedFloats scale = GuardedFloats.Random(outputs, 5), shift = GuardedFloats.Random(outputs, 6), residual = GuardedFloats.Random(c.Dy.Length, 7);
        GuardedFloats y = new(c.Dy.Length);
        for (int form = 0; form < 8; form++)
        {
            ReadOnlySpan<float> a = (form & 1) != 0 ? scale.Span : default, b = (form & 3) != 0 ? shift.Span : default, r = (form & 4) != 0 ? residual.Span : default;
            double[] sums = [.. convolved.Select((sum, i) =>
                ((form & 1) != 0 ? scale[i % outputs] : 1) * sum + ((form & 3) != 0 ? shift[i % outputs] : 0) + ((form & 4) != 0 ? residual[i] : 0))];
            Widths.Run(width, new Convolution.ForwardKernel<ReLU>(c.X, c.Weight, a, b, r, y, c.Images, c.Shape, default));
            y.AssertClose(i => Math.Max(0, sums[i]));
            Widths.Run(width, new Convolution.ForwardKernel<SiLU>(c.X, c.Weight, a, b, r, y, c.Images, c.Shape, default));
            y.AssertClose(i => sums[i] / (1 + Math.Exp(-sums[i])));
        }
        scale = GuardedFloats.Random(inputs, 5);
        shift = GuardedFloats.Random(inputs, 6);
        y = new(c.X.Length);
        for (int form = 0; form < 4; form++)
        {
            ReadOnlySpan<float> a = (form & 1) != 0 ? scale.Span : default, b = (form & 3) != 0 ? shift.Span : default;
            double[] sums = [.. backwards.Select((sum, i) => ((form & 1) != 0 ? scale[i % inputs] : 1) * sum + ((form & 3) != 0 ? shift[i % inputs] : 0))];
            Widths.Run(width, new Convolution.TransposedKernel<ReLU>(c.Dy, c.Weight, a, b, y, c.Images, c.Shape, default));
            y.AssertClose(i => Math.Max(0, sums[i]));
            Widths.Run(width, new Convolution.TransposedKernel<SiLU>(c.Dy, c.Weight, a, b, y, c.Images, c.Shape, default));
            y.AssertClose(i => sums[i] / (1 + Math.Exp(-sums[i])));
        }
    }

    [Theory, MemberData(nameof(LayerCases))]
    public void The_gradient_of_an_input_goes_through_the_activation_before(Width width, int layer)
    {
        ConvolutionCase c = Layers[layer];
        double[] expected = c.ConvolvedBackwards;
        GuardedFloats saved = GuardedFloats.Random(c.X.Length, 8), dx = new(c.X.Length);
        Widths.Run(width, new Convolution.InputGradientKernel<ReLU>(c.Dy, c.Weight, dx, c.Images, c.Shape, saved, default));
        dx.AssertClose(i => saved[i] > 0 ? expected[i] : 0);
        Widths.Run(width, new Convolution.InputGradientKernel<Tanh>(c.Dy, c.Weight, dx, c.Images, c.Shape, saved, default));
        dx.AssertClose(i => (1 - ((double)saved[i] * saved[i])) * expected[i]);
    }

    [Theory, MemberData(nameof(LayerCases))]
    public void A_sample_has_the_same_bits_alone_and_in_a_batch(Width width, int layer)
    {
        ConvolutionCase c = Layers[layer];
        GuardedFloats y = new(c.Dy.Length), dx = new(c.X.Length), shift = GuardedFloats.Random(c.Shape.Outputs, 6), one = new(c.YLength), oneGradient = new(c.XLength);
        Widths.Run(width, new Convolution.ForwardKernel<ReLU>(c.X, c.Weight, default, shift, default, y, c.Images, c.Shape, default));
        Widths.Run(width, new Convolution.InputGradientKernel<Identity>(c.Dy, c.Weight, dx, c.Images, c.Shape, default, default));
        for (int n = 0; n < c.Images; n++)
        {
            Widths.Run(width, new Convolution.ForwardKernel<ReLU>(
                c.X.Span.Slice(n * c.XLength, c.XLength), c.Weight, default, shift, default, one, 1, c.Shape, default));
            Assert.Equal(y.Span.Slice(n * c.YLength, c.YLength).ToArray(), one.Span.ToArray());
            Widths.Run(width, new Convolution.InputGradientKernel<Identity>(
                c.Dy.Span.Slice(n * c.YLength, c.YLength), c.Weight, oneGradient, 1, c.Shape, default, default));
            Assert.Equal(dx.Span.Slice(n * c.XLength, c.XLength).ToArray(), oneGradient.Span.ToArray());
        }
    }

    [Theory, MemberData(nameof(LayerCases))]
    public void The_gradient_of_a_weight_for_each_image_is_that_of_the_image_alone(Width width, int layer)
    {
        ConvolutionCase c = Layers[layer];
        int length = c.Weight.Length;
        GuardedFloats each = new(c.Images * length), alone = new(length);
        Widths.Run(width, new Convolution.EachWeightGradientKernel(c.X, c.Dy, each.Span, c.Images, c.Shape));
        each.AssertGuards();
        for (int n = 0; n < c.Images; n++)
        {
            Widths.Run(width, new Convolution.WeightGradientKernel(
                c.X.Span.Slice(n * c.XLength, c.XLength), c.Dy.Span.Slice(n * c.YLength, c.YLength), alone.Span, 1, c.Shape, new(0, Convolution.PartRowsOf(c.Shape))));
            Assert.Equal(alone.Span.ToArray(), each.Span.Slice(n * length, length).ToArray());
        }
    }

    [Theory, MemberData(nameof(LayerCases))]
    public void The_gradient_of_a_weight_has_the_same_bits_in_any_parts(Width width, int layer)
    {
        ConvolutionCase c = Layers[layer];
        int rows = Convolution.PartRowsOf(c.Shape);
        GuardedFloats whole = new(c.Weight.Length), parts = new(c.Weight.Length);
        Widths.Run(width, new Convolution.WeightGradientKernel(c.X, c.Dy, whole.Span, c.Images, c.Shape, new(0, rows)));
        int next, unit = Convolution.RowUnit(c.Shape);
        for (int start = 0; start < rows; start = next)
        {
            next = Math.Min(rows, start + unit + (start * 2));
            Widths.Run(width, new Convolution.WeightGradientKernel(c.X, c.Dy, parts.Span, c.Images, c.Shape, new(start, next - start)));
        }
        parts.AssertGuards();
        Assert.Equal(whole.Span.ToArray(), parts.Span.ToArray());
    }

    [Fact]
    public void The_gradient_of_a_weight_descends()
    {
        foreach (ConvolutionCase c in new[] { ConvolutionCase.Square(1, 3, 20, 6, 3), ConvolutionCase.Square(9, 5, 20, 16, 3) })
        {
            foreach (float decay in new[] { 0, 0.5f })
            {
                double[] gradient = c.WeightGradient;
                GuardedFloats parameter = GuardedFloats.Random(c.Weight.Length, 9), values = new(c.Weight.Length);
                float[] before = parameter.Span.ToArray();
                SGD descent = new(0.25f) { WeightDecay = decay };
                descent.BeginStep(TestNetwork.OfOneMatrix(c.Weight.Length));
                var dw = new ParameterGradient(values, parameter, 0, descent);
                Convolution.WeightGradient(c.X, c.Dy, dw, c.Images, c.Shape, Worker.Alone);
                parameter.AssertClose(i => before[i] - (0.25 * (gradient[i] + (decay * before[i]))));
            }
        }
    }

    [Fact]
    public void The_public_methods_hand_on_their_operands()
    {
        var c = ConvolutionCase.Square(2, 5, 20, 6, 3);
        double[] convolved = c.Convolved, backwards = c.ConvolvedBackwards, gradient = c.WeightGradient;
        GuardedFloats scale = GuardedFloats.Random(20, 5), shift = GuardedFloats.Random(20, 6), residual = GuardedFloats.Random(c.Dy.Length, 7), y = new(c.Dy.Length);
        Convolution.Forward(c.X, c.Weight, scale, shift, residual, y, c.Images, c.Shape, default(Identity));
        y.AssertClose(i => scale[i % 20] * convolved[i] + shift[i % 20] + residual[i]);
        GuardedFloats dx = new(c.X.Length), saved = GuardedFloats.Random(c.X.Length, 8), dw = new(c.Weight.Length);
        Convolution.Transposed(c.Dy, c.Weight, scale.Span[..5], shift.Span[..5], dx, c.Images, c.Shape, default(Identity));
        dx.AssertClose(i => scale[i % 5] * backwards[i] + shift[i % 5]);
        Convolution.InputGradient(c.Dy, c.Weight, dx, c.Images, c.Shape, saved, default(ReLU));
        dx.AssertClose(i => saved[i] > 0 ? backwards[i] : 0);
        Convolution.WeightGradient(c.X, c.Dy, dw.Span, c.Images, c.Shape, Worker.Alone);
        dw.AssertClose(i => gradient[i]);
    }

    private static void AssertAgrees(Width width, ConvolutionCase c)
    {
        GuardedFloats y = new(c.Dy.Length), dx = new(c.X.Length), dw = new(c.Weight.Length);
        double[] convolved = c.Convolved, backwards = c.ConvolvedBackwards, gradient = c.WeightGradient;
        Widths.Run(width, new Convolution.ForwardKernel<Identity>(c.X, c.Weight, default, default, default, y, c.Images, c.Shape, default));
        y.AssertClose(i => convolved[i]);
        Widths.Run(width, new Convolution.InputGradientKernel<Identity>(c.Dy, c.Weight, dx, c.Images, c.Shape, default, default));
        dx.AssertClose(i => backwards[i]);
        // In two parts, as two workers do it.
        int rows = Convolution.PartRowsOf(c.Shape), unit = Convolution.RowUnit(c.Shape), middle = rows / 2 / unit * unit;
        foreach (Part part in new Part[] { new(0, middle), new(middle, rows - middle) })
        {
            Widths.Run(width, new Convolution.WeightGradientKernel(c.X, c.Dy, dw.Span, c.Images, c.Shape, part));
        }
        dw.AssertClose(i => gradient[i]);
    }
}
