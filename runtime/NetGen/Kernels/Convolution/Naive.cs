using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class Convolution
{
    private const int RowUnit = 4;

    internal readonly ref struct ForwardKernel<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, ReadOnlySpan<float> residual, Span<float> y,
        int images, ConvolutionShape shape, TActivation activation)
        : ISimdKernel where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<float> _x = x, _weight = weight, _scale = scale, _shift = shift, _residual = residual;
        private readonly Span<float> _y = y;

        public void Run<V>() where V : struct, IVector16<V>
        {
            for (int image = 0; image < images; image++)
            {
                Span<float> y = _y.Slice(image * shape.OutputLength, shape.OutputLength);
                y.Clear();
                Taps.Visit(shape, _x.Slice(image * shape.InputLength, shape.InputLength), _weight, y, static (x, w, y, i, k, o, _) => y[o] += x[i] * w[k]);
            }
            for (int i = 0; i < _y.Length; i++)
            {
                int c = i % shape.Outputs;
                _y[i] = (_scale.IsEmpty ? 1 : _scale[c]) * _y[i] + (_shift.IsEmpty ? 0 : _shift[c]) + (_residual.IsEmpty ? 0 : _residual[i]);
            }
            new UnaryMap<Elementwise.Forward<TActivation>>(_y, _y, new(activation)).Run<V>();
        }
    }

    internal readonly ref struct TransposedKernel<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> y,
        int images, ConvolutionShape shape, TActivation activation)
        : ISimdKernel where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<float> _x = x, _weight = weight, _scale = scale, _shift = shift;
        private readonly Span<float> _y = y;

        public void Run<V>() where V : struct, IVector16<V>
        {
            new InputGradientKernel<Identity>(_x, _weight, _y, images, shape, default, default).Run<V>();
            for (int i = 0; i < _y.Length; i++)
            {
                int c = i % shape.Inputs;
                _y[i] = (_scale.IsEmpty ? 1 : _scale[c]) * _y[i] + (_shift.IsEmpty ? 0 : _shift[c]);
            }
            new UnaryMap<Elementwise.Forward<TActivation>>(_y, _y, new(activation)).Run<V>();
        }
    }

    internal readonly ref struct InputGradientKernel<TActivation>(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> weight, Span<float> dx, int images, ConvolutionShape shape, ReadOnlySpan<float> saved, TActivation activation)
        : ISimdKernel where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<float> _dy = dy, _weight = weight, _saved = saved;
        private readonly Span<float> _dx = dx;

        public void Run<V>() where V : struct, IVector16<V>
        {
            for (int image = 0; image < images; image++)
            {
                Span<float> dx = _dx.Slice(image * shape.InputLength, shape.InputLength);
                dx.Clear();
                Taps.Visit(shape, _dy.Slice(image * shape.OutputLength, shape.OutputLength), _weight, dx, static (dy, w, dx, i, k, o, _) => dx[i] += dy[o] * w[k]);
            }
            if (!_saved.IsEmpty) new BinaryMap<Elementwise.Backward<TActivation>>(_saved, _dx, _dx, new(activation)).Run<V>();
        }
    }

    internal readonly ref struct WeightGradientKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ParameterGradient dw, int images, ConvolutionShape shape, Part part) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x, _dy = dy;
        private readonly ParameterGradient _dw = dw;
        private readonly Part _part = part;

        public void Run<V>() where V : struct, IVector16<V>
        {
            int start = _part.Start * shape.GroupOutputs, count = _part.Count * shape.GroupOutputs;
            Span<float> dw = _dw.Values.Slice(start, count);
            dw.Clear();
            for (int image = 0; image < images; image++)
            {
                Taps.Visit(shape, _x.Slice(image * shape.InputLength, shape.InputLength), _dy.Slice(image * shape.OutputLength, shape.OutputLength), dw,
                    static (x, dy, dw, i, k, o, first) =>
                    {
                        if ((uint)(k - first) < (uint)dw.Length) dw[k - first] += x[i] * dy[o];
                    },
                    start);
            }
            _dw.Update(start, count);
        }
    }

    private static class Taps
    {
        public delegate void Visitor(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int input, int weight, int output, int first);

        public static void Visit(ConvolutionShape shape, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, Visitor visit, int first = 0)
        {
            WindowAxis d = shape.Window.Depth, h = shape.Window.Height, w = shape.Window.Width;
            for (int z = 0; z < d.Output; z++)
            {
                for (int y = 0; y < h.Output; y++)
                {
                    for (int x = 0; x < w.Output; x++)
                    {
                        for (int kz = d.FirstTap(z); kz < d.EndTap(z); kz++)
                        {
                            for (int ky = h.FirstTap(y); ky < h.EndTap(y); ky++)
                            {
                                for (int kx = w.FirstTap(x); kx < w.EndTap(x); kx++)
                                {
                                    int place = (z * h.Output + y) * w.Output + x;
                                    int tap = (kz * h.Kernel + ky) * w.Kernel + kx;
                                    int pixel = ((d.Start(z) + kz * d.Dilation) * h.Input + h.Start(y) + ky * h.Dilation) * w.Input + w.Start(x) + kx * w.Dilation;
                                    for (int o = 0; o < shape.Outputs; o++)
                                    {
                                        int group = o / shape.GroupOutputs;
                                        for (int i = 0; i < shape.GroupInputs; i++)
                                        {
                                            int weight = ((group * shape.Window.Taps + tap) * shape.GroupInputs + i) * shape.GroupOutputs + o % shape.GroupOutputs;
                                            visit(a, b, c, pixel * shape.Inputs + group * shape.GroupInputs + i, weight, place * shape.Outputs + o, first);
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
