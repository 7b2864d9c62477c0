using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Peers;

/// <summary>ONNX Runtime, from the npm package that brings its native library, by its C interface: outputs are preallocated, all optimisations are on.</summary>
internal sealed class OnnxRuntime : NativePeer
{
    private const string Library = "libonnxruntime.so.1";

    public override string Name => "ONNX Runtime";

    public override string InstallCommand => "tests/NetGen.Benchmarks/peers/setup";

    public override IEnumerable<PeerConfiguration> Configurations(int threads)
    {
        string package = Path.Combine(Repository.PeersFolder, "node_modules", "onnxruntime-node", "bin");
        string architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        return Directory.Exists(package)
            ? Directory.EnumerateFiles(package, Library, SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == architecture)
                .Take(1)
                .Select(file => new PeerConfiguration("", new Dictionary<string, string>(), file))
            : [];
    }

    public override INativePeer Load(string library) => new Loaded(NativeLibrary.Load(library));

    /// <summary>The part of OrtApi, a table of functions, that is used: their places in it never change.</summary>
    private enum Function
    {
        GetErrorMessage = 2,
        CreateEnvironment = 3,
        CreateSessionFromArray = 8,
        Run = 9,
        CreateSessionOptions = 10,
        SetGraphOptimizationLevel = 23,
        SetIntraOpThreads = 24,
        SetInterOpThreads = 25,
        CreateTensorWithData = 49,
        CreateCpuMemoryInfo = 69,
    }

    private sealed unsafe class Loaded : INativePeer
    {
        private const uint ApiVersion = 17;
        private const int WarningsAndErrors = 3;
        private const int AllOptimizations = 99;
        private const int Float32 = 1;

        private readonly nint* _functions;
        private readonly nint _environment;

        public Loaded(nint library)
        {
            nint* apiBase = ((delegate* unmanaged<nint*>)NativeLibrary.GetExport(library, "OrtGetApiBase"))();
            _functions = (nint*)((delegate* unmanaged<uint, nint>)apiBase[0])(ApiVersion);
            Version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)apiBase[1])()) ?? "";
            nint environment;
            fixed (byte* name = "NetGen\0"u8)
            {
                Check(((delegate* unmanaged<int, byte*, nint*, nint>)Get(Function.CreateEnvironment))(WarningsAndErrors, name, &environment));
            }
            _environment = environment;
        }

        public string Version { get; }

        public IEnumerable<string> Variants(Work work) => work is Prediction ? [NativePeerHost.OnlyVariant] : [];

        public Action<int> Prepare(Work work, string variant)
        {
            var (layers, batch) = (Prediction)work;
            nint session = CreateSession(OnnxModel.Mlp(layers, batch));
            nint input = CreateTensor(batch, layers.Widths[0]);
            nint output = CreateTensor(batch, layers.Widths[^1]);
            byte** names = (byte**)NativeMemory.Alloc(2, (nuint)sizeof(byte*));
            names[0] = (byte*)Marshal.StringToCoTaskMemUTF8(OnnxModel.Input);
            names[1] = (byte*)Marshal.StringToCoTaskMemUTF8(OnnxModel.Output);
            var run = (delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)Get(Function.Run);
            return repetitions =>
            {
                (nint x, nint y) = (input, output);
                while (repetitions-- > 0) Check(run(session, 0, names, &x, 1, names + 1, 1, &y));
            };
        }

        private nint CreateSession(byte[] model)
        {
            int threads = int.Parse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS") ?? "1");
            nint options, session;
            Check(((delegate* unmanaged<nint*, nint>)Get(Function.CreateSessionOptions))(&options));
            Check(((delegate* unmanaged<nint, int, nint>)Get(Function.SetIntraOpThreads))(options, threads));
            Check(((delegate* unmanaged<nint, int, nint>)Get(Function.SetInterOpThreads))(options, 1));
            Check(((delegate* unmanaged<nint, int, nint>)Get(Function.SetGraphOptimizationLevel))(options, AllOptimizations));
            fixed (byte* bytes = model)
            {
                Check(((delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)Get(Function.CreateSessionFromArray))(
                    _environment, bytes, (nuint)model.Length, options, &session));
            }
            return session;
        }

        private nint CreateTensor(int rows, int columns)
        {
            nint memory, tensor;
            Check(((delegate* unmanaged<int, int, nint*, nint>)Get(Function.CreateCpuMemoryInfo))(1, 0, &memory));
            long* shape = stackalloc long[] { rows, columns };
            nuint bytes = (nuint)rows * (nuint)columns * sizeof(float);
            Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)Get(Function.CreateTensorWithData))(
                memory, NativeMatrix.Random((long)rows * columns, 1), bytes, shape, 2, Float32, &tensor));
            return tensor;
        }

        private nint Get(Function function) => _functions[(int)function];

        private void Check(nint status)
        {
            if (status == 0) return;
            nint message = (nint)((delegate* unmanaged<nint, byte*>)Get(Function.GetErrorMessage))(status);
            throw new PeerException(Marshal.PtrToStringUTF8(message) ?? "ONNX Runtime failed without a message");
        }
    }
}
