using System.Runtime.InteropServices;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Peers;

/// <summary>OpenBLAS: <c>cblas_sgemm</c>, and <c>cblas_sgemv</c> for one row. Debian's pthread and OpenMP builds are both tried.</summary>
internal sealed class OpenBlas : NativePeer
{
    public override string Name => "OpenBLAS";

    public override string InstallCommand => "apt-get install libopenblas0-pthread libopenblas0-openmp";

    public override IEnumerable<PeerConfiguration> Configurations(int threads) =>
        from build in new[] { "pthread", "openmp" }
        from library in SystemLibraries($"openblas-{build}/libopenblas.so.0")
        select new PeerConfiguration(build, new Dictionary<string, string>(), library);

    public override INativePeer Load(string library) => new Loaded(NativeLibrary.Load(library));

    private sealed unsafe class Loaded : INativePeer
    {
        private const int RowMajor = 101;
        private const int NotTransposed = 111;
        private const int Transposed = 112;

        private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _sgemm;
        private readonly delegate* unmanaged<int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _sgemv;

        public Loaded(nint library)
        {
            _sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
                NativeLibrary.GetExport(library, "cblas_sgemm");
            _sgemv = (delegate* unmanaged<int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
                NativeLibrary.GetExport(library, "cblas_sgemv");
            Version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "openblas_get_config"))()) ?? "";
        }

        public string Version { get; }

        // The caller of a product of one row chooses how its weight lies in memory, so both ways are tried.
        public IEnumerable<string> Variants(Work work) => work switch
        {
            Product { Rows: 1, Transposed: Benchmarks.Transposed.None } => ["sgemv", "sgemv-transposed-weight", "sgemm"],
            Product => ["sgemm"],
            _ => [],
        };

        public Action<int> Prepare(Work work, string variant)
        {
            var (transposed, rows, columns, inner) = (Product)work;
            float* a = NativeMatrix.Random((long)rows * inner, 1);
            float* b = NativeMatrix.Random((long)inner * columns, 2);
            float* c = NativeMatrix.Random((long)rows * columns, 3);
            int transposeA = transposed == Benchmarks.Transposed.Left ? Transposed : NotTransposed;
            int transposeB = transposed == Benchmarks.Transposed.Right ? Transposed : NotTransposed;
            int stepA = transposed == Benchmarks.Transposed.Left ? rows : inner;
            int stepB = transposed == Benchmarks.Transposed.Right ? inner : columns;
            return Turn.Repeat(variant switch
            {
                "sgemv" => () => _sgemv(RowMajor, Transposed, inner, columns, 1, b, columns, a, 1, 0, c, 1),
                "sgemv-transposed-weight" => () => _sgemv(RowMajor, NotTransposed, columns, inner, 1, b, inner, a, 1, 0, c, 1),
                _ => () => _sgemm(RowMajor, transposeA, transposeB, rows, columns, inner, 1, a, stepA, b, stepB, 0, c, columns),
            });
        }
    }
}
