using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class MatMul
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>One row of <c>f(a b + bias)</c>: panels of columns as wide as there are registers, because each element of b is read once, row by row.</summary>
    [MethodImpl(Hot)]
    private static unsafe void OneRow<V, TActivation>(float* a, float* b, float* bias, float* c, int inner, int columns, TActivation activation)
        where V : struct, IVector16<V> where TActivation : struct, IActivation
    {
        int j = 0;
        if (typeof(V) == typeof(Vector512x1))
        {
            for (; j <= columns - 128; j += 128)
            {
                V c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
                if (bias != null)
                {
                    c0 = V.Load(in bias[j]);
                    c1 = V.Load(in bias[j + 16]);
                    c2 = V.Load(in bias[j + 32]);
                    c3 = V.Load(in bias[j + 48]);
                    c4 = V.Load(in bias[j + 64]);
                    c5 = V.Load(in bias[j + 80]);
                    c6 = V.Load(in bias[j + 96]);
                    c7 = V.Load(in bias[j + 112]);
                }
                float* w = b + j;
                for (int k = 0; k < inner; k++)
                {
                    V x = V.Broadcast(a[k]);
                    c0 = V.MultiplyAdd(x, V.Load(in w[0]), c0);
                    c1 = V.MultiplyAdd(x, V.Load(in w[16]), c1);
                    c2 = V.MultiplyAdd(x, V.Load(in w[32]), c2);
                    c3 = V.MultiplyAdd(x, V.Load(in w[48]), c3);
                    c4 = V.MultiplyAdd(x, V.Load(in w[64]), c4);
                    c5 = V.MultiplyAdd(x, V.Load(in w[80]), c5);
                    c6 = V.MultiplyAdd(x, V.Load(in w[96]), c6);
                    c7 = V.MultiplyAdd(x, V.Load(in w[112]), c7);
                    w += columns;
                }
                V.Store(activation.Apply(c0), ref c[j]);
                V.Store(activation.Apply(c1), ref c[j + 16]);
                V.Store(activation.Apply(c2), ref c[j + 32]);
                V.Store(activation.Apply(c3), ref c[j + 48]);
                V.Store(activation.Apply(c4), ref c[j + 64]);
                V.Store(activation.Apply(c5), ref c[j + 80]);
                V.Store(activation.Apply(c6), ref c[j + 96]);
                V.Store(activation.Apply(c7), ref c[j + 112]);
            }
        }
        if (typeof(V) != typeof(Vector128x4))
        {
            for (; j <= columns - 64; j += 64)
            {
                V c0 = default, c1 = default, c2 = default, c3 = default;
                if (bias != null)
                {
                    c0 = V.Load(in bias[j]);
                    c1 = V.Load(in bias[j + 16]);
                    c2 = V.Load(in bias[j + 32]);
                    c3 = V.Load(in bias[j + 48]);
                }
                float* w = b + j;
                for (int k = 0; k < inner; k++)
                {
                    V x = V.Broadcast(a[k]);
                    c0 = V.MultiplyAdd(x, V.Load(in w[0]), c0);
                    c1 = V.MultiplyAdd(x, V.Load(in w[16]), c1);
                    c2 = V.MultiplyAdd(x, V.Load(in w[32]), c2);
                    c3 = V.MultiplyAdd(x, V.Load(in w[48]), c3);
                    w += columns;
                }
                V.Store(activation.Apply(c0), ref c[j]);
                V.Store(activation.Apply(c1), ref c[j + 16]);
                V.Store(activation.Apply(c2), ref c[j + 32]);
                V.Store(activation.Apply(c3), ref c[j + 48]);
            }
        }
        for (; j < columns; j += 16)
        {
            int lanes = Math.Min(16, columns - j);
            int whole = Gemm.WholeRows(inner, columns, columns - j, 16);
            V sum = bias == null ? default : Cut.Load<V>(bias + j, lanes);
            float* w = b + j;
            for (int k = 0; k < inner; k++)
            {
                sum = V.MultiplyAdd(V.Broadcast(a[k]), Cut.Load<V>(w, k < whole ? 16 : lanes), sum);
                w += columns;
            }
            sum = activation.Apply(sum);
            if (lanes == 16) V.Store(sum, ref c[j]);
            else V.StorePartial(sum, ref c[j], lanes);
        }
    }
}
