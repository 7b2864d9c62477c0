using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Peers;

/// <summary>oneDNN: <c>dnnl_sgemm</c>, its own generated code for the processor that it finds.</summary>
internal sealed class OneDnn : NativePeer
{
    public override string Name => "oneDNN";

    public override string InstallCommand => "apt-get install libdnnl2";

    public override IEnumerable<PeerConfiguration> Configurations(int threads) =>
        SystemLibraries("libdnnl.so.2").Take(1).Select(library => new PeerConfiguration("", new Dictionary<string, string>(), library));

    public override INativePeer Load(string library) => new Loaded(NativeLibrary.Load(library));

    [StructLayout(LayoutKind.Sequential)]
    private struct VersionNumbers
    {
        public int Major;
        public int Minor;
        public int Patch;
    }

    private sealed unsafe class Loaded : INativePeer
    {
        private readonly delegate* unmanaged<byte, byte, long, long, long, float, float*, long, float*, long, float, float*, long, int> _sgemm;

        public Loaded(nint library)
        {
            _sgemm = (delegate* unmanaged<byte, byte, long, long, long, float, float*, long, float*, long, float, float*, long, int>)
                NativeLibrary.GetExport(library, "dnnl_sgemm");
            VersionNumbers* version = ((delegate* unmanaged<VersionNumbers*>)NativeLibrary.GetExport(library, "dnnl_version"))();
            Version = $"{version->Major}.{version->Minor}.{version->Patch}";
        }

        public string Version { get; }

        // The caller of a product of one row chooses how its weight lies in memory, so both ways are tried.
        public IEnumerable<string> Variants(Work work) => work switch
        {
            Product { Rows: 1, Transposed: Transposed.None } => ["sgemm", "sgemm-transposed-weight"],
            Product => ["sgemm"],
            _ => [],
        };

        public Action<int> Prepare(Work work, string variant)
        {
            var (transposed, rows, columns, inner) = (Product)work;
            if (variant == "sgemm-transposed-weight") transposed = Transposed.Right;
            float* a = NativeMatrix.Random((long)rows * inner, 1);
            float* b = NativeMatrix.Random((long)inner * columns, 2);
            float* c = NativeMatrix.Random((long)rows * columns, 3);
            byte transposeA = (byte)(transposed == Transposed.Left ? 'T' : 'N');
            byte transposeB = (byte)(transposed == Transposed.Right ? 'T' : 'N');
            int stepA = transposed == Transposed.Left ? rows : inner;
            int stepB = transposed == Transposed.Right ? inner : columns;
            return repetitions =>
            {
                while (repetitions-- > 0)
                {
                    int status = _sgemm(transposeA, transposeB, rows, columns, inner, 1, a, stepA, b, stepB, 0, c, columns);
                    if (status != 0) throw new PeerException($"dnnl_sgemm gives status {status}");
                }
            };
        }
    }
}
