using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

// One row reads each element of b once, so the order in which it is read decides. Caches deliver at full speed along whole rows. Panels of columns that
// jump from row to row, or loads that step through a page at a constant distance, set off prefetching of the wrong lines and get half of that.
public static partial class MatMul
{
    private const int BlockRows = 4;

    /// <summary><c>c = f(a b + bias)</c> for one row of a and c.</summary>
    [MethodImpl(Hot)]
    internal static unsafe void OneRow<V, TActivation>(float* a, float* b, float* bias, float* c, int inner, int columns, TActivation activation)
        where V : struct, IVector16<V> where TActivation : struct, IActivation
    {
        int step = columns;
        // As many sums as leave a register or more for a product.
        int most = typeof(V) == typeof(Vector512x1) ? 6 : typeof(V) == typeof(Vector256x2) ? 1 : 0;
        if (most > 0 && columns >= 64)
        {
            int done = 0;
            if (columns / 64 > most)
            {
                if (most == 1) done = Blocks<V, Rows1, TActivation>(a, b, step, bias, c, inner, columns, activation);
                else if (columns < 3 * 256) done = Blocks<V, Rows4, TActivation>(a, b, step, bias, c, inner, columns, activation);
                else done = Blocks<V, Rows2, TActivation>(a, b, step, bias, c, inner, columns, activation);
            }
            float* start = bias == null ? null : bias + done;
            int quads = (columns - done) / 64;
            switch (quads)
            {
                case 1: Panel<V, Rows1, TActivation>(a, b + done, step, start, c + done, inner, activation); break;
                case 2: Panel<V, Rows2, TActivation>(a, b + done, step, start, c + done, inner, activation); break;
                case 3: Panel<V, Rows3, TActivation>(a, b + done, step, start, c + done, inner, activation); break;
                case 4: Panel<V, Rows4, TActivation>(a, b + done, step, start, c + done, inner, activation); break;
                case 5: Panel<V, Rows5, TActivation>(a, b + done, step, start, c + done, inner, activation); break;
                case 6: Panel<V, Rows6, TActivation>(a, b + done, step, start, c + done, inner, activation); break;
            }
            done += quads * 64;
            columns -= done;
            b += done;
            c += done;
            if (bias != null) bias += done;
        }
        if (columns == 0) return;
        if (columns <= 16)
        {
            if (columns == step && HasChains(inner, columns)) NarrowInChains<V, TActivation>(a, b, bias, c, inner, columns, activation);
            else Narrow<V, TActivation>(a, b, step, bias, c, inner, columns, activation);
            return;
        }
        var o = new TileOperands { A = a, InnerStep = 1, B = b, BStep = step, C = c, Start = bias, Inner = inner };
        Gemm.Run<V, Activated<TActivation>>(ref o, 1, columns, new(activation));
    }

    /// <summary>Columns that fit the registers, four vectors for each byte of <typeparamref name="TQuads"/>.</summary>
    [MethodImpl(Hot)]
    private static unsafe void Panel<V, TQuads, TActivation>(float* a, float* b, nint step, float* start, float* c, int inner, TActivation activation)
        where V : struct, IVector16<V> where TQuads : unmanaged where TActivation : struct, IActivation
    {
        Quad<V> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        if (start != null)
        {
            c0 = Quad<V>.Load(start);
            if (sizeof(TQuads) > 1) c1 = Quad<V>.Load(start + 64);
            if (sizeof(TQuads) > 2) c2 = Quad<V>.Load(start + 128);
            if (sizeof(TQuads) > 3) c3 = Quad<V>.Load(start + 192);
            if (sizeof(TQuads) > 4) c4 = Quad<V>.Load(start + 256);
            if (sizeof(TQuads) > 5) c5 = Quad<V>.Load(start + 320);
        }
        for (int k = 0; k < inner; k++)
        {
            V x = V.Broadcast(a[k]);
            c0.Add(x, b);
            if (sizeof(TQuads) > 1) c1.Add(x, b + 64);
            if (sizeof(TQuads) > 2) c2.Add(x, b + 128);
            if (sizeof(TQuads) > 3) c3.Add(x, b + 192);
            if (sizeof(TQuads) > 4) c4.Add(x, b + 256);
            if (sizeof(TQuads) > 5) c5.Add(x, b + 320);
            b += step;
        }
        c0.Store(c, activation);
        if (sizeof(TQuads) > 1) c1.Store(c + 64, activation);
        if (sizeof(TQuads) > 2) c2.Store(c + 128, activation);
        if (sizeof(TQuads) > 3) c3.Store(c + 192, activation);
        if (sizeof(TQuads) > 4) c4.Store(c + 256, activation);
        if (sizeof(TQuads) > 5) c5.Store(c + 320, activation);
    }

    /// <summary>As many whole panels as there are: four rows of b, panel by panel, then the next four; the sums go on in c. Gives their columns.</summary>
    [MethodImpl(Hot)]
    private static unsafe int Blocks<V, TQuads, TActivation>(
        float* a, float* b, nint step, float* start, float* c, int inner, int columns, TActivation activation)
        where V : struct, IVector16<V> where TQuads : unmanaged where TActivation : struct, IActivation
    {
        int width = 64 * sizeof(TQuads);
        int panels = columns / width;
        columns = panels * width;
        if (start == null) new Span<float>(c, columns).Clear();
        else new ReadOnlySpan<float>(start, columns).CopyTo(new Span<float>(c, columns));
        for (; inner >= BlockRows; inner -= BlockRows)
        {
            for (int i = 0; i < panels; i++)
            {
                // 0, 2, 1, 3, 4, 6, 5, 7, ...: no load has a constant step.
                int j = (((i + 1) & 2) != 0 && (i | 3) < panels ? i ^ 3 : i) * width;
                float* w = b + j;
                Quad<V> c0 = Quad<V>.Load(c + j), c1 = default, c2 = default, c3 = default;
                if (sizeof(TQuads) > 1) c1 = Quad<V>.Load(c + j + 64);
                if (sizeof(TQuads) > 2) c2 = Quad<V>.Load(c + j + 128);
                if (sizeof(TQuads) > 3) c3 = Quad<V>.Load(c + j + 192);
                V x = V.Broadcast(a[0]);
                c0.Add(x, w);
                if (sizeof(TQuads) > 1) c1.Add(x, w + 64);
                if (sizeof(TQuads) > 2) c2.Add(x, w + 128);
                if (sizeof(TQuads) > 3) c3.Add(x, w + 192);
                w += step;
                x = V.Broadcast(a[1]);
                c0.Add(x, w);
                if (sizeof(TQuads) > 1) c1.Add(x, w + 64);
                if (sizeof(TQuads) > 2) c2.Add(x, w + 128);
                if (sizeof(TQuads) > 3) c3.Add(x, w + 192);
                w += step;
                x = V.Broadcast(a[2]);
                c0.Add(x, w);
                if (sizeof(TQuads) > 1) c1.Add(x, w + 64);
                if (sizeof(TQuads) > 2) c2.Add(x, w + 128);
                if (sizeof(TQuads) > 3) c3.Add(x, w + 192);
                w += step;
                x = V.Broadcast(a[3]);
                c0.Add(x, w);
                if (sizeof(TQuads) > 1) c1.Add(x, w + 64);
                if (sizeof(TQuads) > 2) c2.Add(x, w + 128);
                if (sizeof(TQuads) > 3) c3.Add(x, w + 192);
                c0.Store(c + j, default(Identity));
                if (sizeof(TQuads) > 1) c1.Store(c + j + 64, default(Identity));
                if (sizeof(TQuads) > 2) c2.Store(c + j + 128, default(Identity));
                if (sizeof(TQuads) > 3) c3.Store(c + j + 192, default(Identity));
            }
            a += BlockRows;
            b += BlockRows * step;
        }
        // The rows that are left, and f.
        for (int j = 0; j < columns; j += 16)
        {
            V sum = V.Load(in c[j]);
            float* w = b + j;
            for (int k = 0; k < inner; k++)
            {
                sum = V.MultiplyAdd(V.Broadcast(a[k]), V.Load(in *w), sum);
                w += step;
            }
            V.Store(activation.Apply(sum), ref c[j]);
        }
        return columns;
    }

    /// <summary>Four vectors side by side: the JIT keeps the fields of a struct in registers up to this number.</summary>
    private unsafe struct Quad<V> where V : struct, IVector16<V>
    {
        private V _a, _b, _c, _d;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Quad<V> Load(float* source) =>
            new() { _a = V.Load(in source[0]), _b = V.Load(in source[16]), _c = V.Load(in source[32]), _d = V.Load(in source[48]) };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(V x, float* b)
        {
            _a = V.MultiplyAdd(x, V.Load(in b[0]), _a);
            _b = V.MultiplyAdd(x, V.Load(in b[16]), _b);
            _c = V.MultiplyAdd(x, V.Load(in b[32]), _c);
            _d = V.MultiplyAdd(x, V.Load(in b[48]), _d);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store<TActivation>(float* c, TActivation activation) where TActivation : struct, IActivation
        {
            V.Store(activation.Apply(_a), ref c[0]);
            V.Store(activation.Apply(_b), ref c[16]);
            V.Store(activation.Apply(_c), ref c[32]);
            V.Store(activation.Apply(_d), ref c[48]);
        }
    }
}
