using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Products of matrices as generated code calls them, without bias and activation, which a BLAS does not have.</summary>
internal static class ProductWorkloads
{
    private static readonly Peer[] Blas = [PeerTable.OpenBlas, PeerTable.OneDnn];

    public static IEnumerable<Workload> All =>
    [
        .. from size in new[] { 64, 128, 256, 512 }
           select Create("gemm", $"gemm-{size}", new(Transposed.None, size, size, size), new ShareOfPeak(0.95), new Ratio(0.99, Blas)),
        .. from rows in new[] { 32, 64, 128 }
           from columns in new[] { 512, 1024 }
           select Create("gemm", $"gemm-{rows}x{columns}x784", new(Transposed.None, rows, columns, 784), new ShareOfPeak(0.95), new Ratio(0.99, Blas)),
        .. from size in new[] { 1024, 2048 }
           select Create("gemm", $"gemm-{size}", new(Transposed.None, size, size, size), new ShareOfPeak(0.92), new Ratio(0.97, Blas)),
        Create("dw", "dw-784x512x64", new(Transposed.Left, 784, 512, 64), new ShareOfPeak(0.94)),
        Create("dx", "dx-64x512x512", new(Transposed.Right, 64, 512, 512), new ShareOfPeak(0.88)),
        Create("gemv", "gemv-784x128", new(Transposed.None, 1, 128, 784), new Ratio(1.3, Blas)),
        Create("gemv", "gemv-512x512", new(Transposed.None, 1, 512, 512), new Ratio(1.05, Blas)),
    ];

    private static Workload Create(string group, string name, Product product, params Target[] targets) =>
        new(group, name, product, () => Run(product)) { Peers = Blas, Targets = targets };

    private static Action<int> Run(Product product)
    {
        var (transposed, rows, columns, inner) = product;
        AlignedBuffer a = Numbers.Random(rows * inner, 1), b = Numbers.Random(inner * columns, 2), c = new(rows * columns);
        return Turn.Repeat(transposed switch
        {
            Transposed.Left => () => MatMul.TransposedLeft(a.Span, b.Span, c.Span, rows, inner, columns, Worker.Alone),
            Transposed.Right => () => MatMul.TransposedRight(a.Span, b.Span, c.Span, rows, inner, columns, [], default(Identity)),
            _ => () => MatMul.Product(a.Span, b.Span, [], c.Span, rows, inner, columns, default(Identity)),
        });
    }
}
