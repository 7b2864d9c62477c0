using System.Runtime.InteropServices;
using NetGen.Benchmarks.Images;

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
        private const int ExtendedOptimizations = 2;
        private const int AllOptimizations = 99;
        private const int Float32 = 1;

        /// <summary>Without the layout of sixteen channels a block, which narrow images do not fill.</summary>
        private const string PlainLayout = "plain-layout";

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

        public IEnumerable<string> Variants(Work work) => work switch
        {
            Prediction => [NativePeerHost.OnlyVariant],
            ImagePrediction => [NativePeerHost.OnlyVariant, PlainLayout],
            _ => [],
        };

        public Action<int> Prepare(Work work, string variant) => Create(work, variant).Run;

        public float[] Numbers(Work work, string variant)
        {
            Call call = Create(work, variant);
            call.Run(1);
            return new Span<float>(call.Output, call.OutputCount).ToArray();
        }

        private Call Create(Work work, string variant)
        {
            switch (work)
            {
                case Prediction(var layers, var batch):
                    int inputs = batch * layers.Widths[0];
                    return Create(OnnxModel.Mlp(layers, batch), AllOptimizations, NativeMatrix.Random(inputs, 1), [batch, layers.Widths[0]], [batch, layers.Widths[^1]]);
                case ImagePrediction(var network, var batch):
                    Extents image = network.Input;
                    float* samples = NativeMatrix.Random((long)batch * image.Count, 1);
                    AgreedNumbers.Fill(new(samples, batch * image.Count), AgreedNumbers.Samples);
                    int optimizations = variant == PlainLayout ? ExtendedOptimizations : AllOptimizations;
                    int[] inputShape = [batch, image.Channels, image.Height, image.Width], outputShape = [batch, network.Output.Channels];
                    return Create(OnnxImageModel.Write(network, batch), optimizations, samples, inputShape, outputShape);
                default:
                    throw new PeerException($"there is no model of '{work}'");
            }
        }

        private Call Create(byte[] model, int optimizations, float* input, int[] inputShape, int[] outputShape)
        {
            int outputCount = outputShape.Aggregate((a, b) => a * b);
            return new(this, CreateSession(model, optimizations), CreateTensor(input, inputShape), NativeMatrix.Random(outputCount, 2), outputCount, outputShape);
        }

        private nint CreateSession(byte[] model, int optimizations)
        {
            int threads = int.Parse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS") ?? "1");
            nint options, session;
            Check(((delegate* unmanaged<nint*, nint>)Get(Function.CreateSessionOptions))(&options));
            Check(((delegate* unmanaged<nint, int, nint>)Get(Function.SetIntraOpThreads))(options, threads));
            Check(((delegate* unmanaged<nint, int, nint>)Get(Function.SetInterOpThreads))(options, 1));
            Check(((delegate* unmanaged<nint, int, nint>)Get(Function.SetGraphOptimizationLevel))(options, optimizations));
            fixed (byte* bytes = model)
            {
                Check(((delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)Get(Function.CreateSessionFromArray))(
                    _environment, bytes, (nuint)model.Length, options, &session));
            }
            return session;
        }

        private nint CreateTensor(float* values, int[] shape)
        {
            nint memory, tensor;
            Check(((delegate* unmanaged<int, int, nint*, nint>)Get(Function.CreateCpuMemoryInfo))(1, 0, &memory));
            long[] sizes = [.. shape];
            nuint bytes = (nuint)sizes.Aggregate((a, b) => a * b) * sizeof(float);
            fixed (long* first = sizes)
            {
                Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)Get(Function.CreateTensorWithData))(
                    memory, values, bytes, first, (nuint)sizes.Length, Float32, &tensor));
            }
            return tensor;
        }

        private nint Get(Function function) => _functions[(int)function];

        private void Check(nint status)
        {
            if (status == 0) return;
            nint message = (nint)((delegate* unmanaged<nint, byte*>)Get(Function.GetErrorMessage))(status);
            throw new PeerException(Marshal.PtrToStringUTF8(message) ?? "ONNX Runtime failed without a message");
        }

        /// <summary>A session with its input and its preallocated output.</summary>
        private sealed class Call
        {
            private readonly Loaded _library;
            private readonly nint _session, _input, _output;
            private readonly byte** _names;

            public Call(Loaded library, nint session, nint input, float* output, int outputCount, int[] outputShape)
            {
                (_library, _session, _input, OutputCount) = (library, session, input, outputCount);
                Output = output;
                _output = library.CreateTensor(output, outputShape);
                _names = (byte**)NativeMemory.Alloc(2, (nuint)sizeof(byte*));
                _names[0] = (byte*)Marshal.StringToCoTaskMemUTF8(OnnxGraph.Input);
                _names[1] = (byte*)Marshal.StringToCoTaskMemUTF8(OnnxGraph.Output);
            }

            public float* Output { get; }

            public int OutputCount { get; }

            public void Run(int repetitions)
            {
                var run = (delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)_library.Get(Function.Run);
                (nint x, nint y) = (_input, _output);
                while (repetitions-- > 0) _library.Check(run(_session, 0, _names, &x, 1, _names + 1, 1, &y));
            }
        }
    }
}
