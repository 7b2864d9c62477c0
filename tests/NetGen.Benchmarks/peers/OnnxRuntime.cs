using System.Collections;
using System.Runtime.InteropServices;
using NetGen.Benchmarks.Images;
using NetGen.Testing;

namespace NetGen.Benchmarks.Peers;

/// <summary>ONNX Runtime, from the npm package that brings its native library, by its C interface: outputs are preallocated, all optimisations are on.</summary>
internal sealed class OnnxRuntime : NativePeer
{
    private const string Library = "libonnxruntime.so.1";

    public override string Name => "ONNX Runtime";

    public override string InstallCommand => "tests/NetGen.Benchmarks/peers/setup";

    public override IEnumerable<PeerConfiguration> Configurations(int threads)
    {
        string package = Path.Combine(PeersFolder, "node_modules", "onnxruntime-node", "bin");
        string architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        return Directory.Exists(package)
            ? Directory.EnumerateFiles(package, Library, SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == architecture)
                .Take(1)
                .Select(file => new PeerConfiguration("", new Dictionary<string, string>(), file))
            : [];
    }

    /// <summary>Where the setup script puts what it downloads: NETGEN_PEERS, or a folder that git ignores.</summary>
    private static string PeersFolder => Environment.GetEnvironmentVariable("NETGEN_PEERS") ?? Path.Combine(Repository.Root, "artifacts", "peers");

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
            RecurrentStep { Cell: "lstm" } or TransformerStep => [NativePeerHost.OnlyVariant],
            _ => [],
        };

        public Action<int> Prepare(Work work, string variant) => Create(work, variant).Run;

        public float[] Numbers(Work work, string variant)
        {
            Call call = Create(work, variant);
            call.Run(call.Turns);
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
                case RecurrentStep step:
                    return Create(step);
                case TransformerStep step:
                    return Create(step);
                default:
                    throw new PeerException($"there is no model of '{work}'");
            }
        }

        private Call Create(byte[] model, int optimizations, float* input, int[] inputShape, int[] outputShape)
        {
            int outputCount = outputShape.Aggregate((a, b) => a * b);
            float* output = NativeMatrix.Random(outputCount, 2);
            return new(this, CreateSession(model, optimizations), [OnnxGraph.Input], [OnnxGraph.Output], output, outputCount)
            {
                { [CreateTensor(input, inputShape)], [CreateTensor(output, outputShape)] },
            };
        }

        /// <summary>The states lie in two places, which take turns.</summary>
        private Call Create(RecurrentStep step)
        {
            int[] shape = [1, 1, step.Units];
            float* samples = NativeMatrix.Random(RecurrentStep.Turns * step.Inputs, 1);
            AgreedNumbers.Fill(new(samples, RecurrentStep.Turns * step.Inputs), AgreedNumbers.Samples);
            float*[] memory = [Zeros(step.Units), Zeros(step.Units), Zeros(step.Units), Zeros(step.Units)];
            nint[][] states = [[CreateTensor(memory[0], shape), CreateTensor(memory[1], shape)], [CreateTensor(memory[2], shape), CreateTensor(memory[3], shape)]];
            (string Before, string After) h = OnnxSequenceModel.State("h", 0), c = OnnxSequenceModel.State("c", 0);
            nint session = CreateSession(OnnxSequenceModel.Write(step), AllOptimizations);
            // The last of an even number of turns writes into the first place.
            Call call = new(this, session, [OnnxGraph.Input, h.Before, c.Before], [h.After, c.After], memory[0], step.Units);
            for (int turn = 0; turn < RecurrentStep.Turns; turn++)
            {
                call.Add([CreateTensor(samples + turn * step.Inputs, [1, 1, step.Inputs]), .. states[turn % 2]], states[1 - turn % 2]);
            }
            return call;
        }

        /// <summary>What a step adds to the keys and values is written where the next step reads it; each step has tensors of its own, made before.</summary>
        private Call Create(TransformerStep step)
        {
            (int heads, int features) = (step.Heads, step.Width / step.Heads);
            (string Before, string After)[] names =
                [.. Enumerable.Range(0, step.Blocks).SelectMany(block => new[] { OnnxSequenceModel.State("keys", block), OnnxSequenceModel.State("values", block) })];
            float* ids = NativeMatrix.Random(step.Steps, 1), output = Zeros(step.Vocabulary);
            AgreedNumbers.Fill(new(ids, step.Steps), AgreedNumbers.Samples);
            int* integers = (int*)Zeros(2 * step.Steps);
            nint session = CreateSession(OnnxSequenceModel.Write(step), AllOptimizations);
            nint probabilities = CreateTensor(output, [1, step.Vocabulary]);
            Call call = new(
                this, session, [OnnxGraph.Input, OnnxSequenceModel.Position, .. names.Select(name => name.Before)], [OnnxGraph.Output, .. names.Select(name => name.After)],
                output, step.Vocabulary);
            nint[] remembered = Remembered(0);
            for (int position = 0; position < step.Steps; position++)
            {
                integers[position] = (int)MathF.Floor((ids[position] + 1) / 2 * step.Vocabulary);
                integers[step.Steps + position] = position;
                nint id = CreateTensor(integers + position, [1], OnnxGraph.Int32Elements), place = CreateTensor(integers + step.Steps + position, [1], OnnxGraph.Int32Elements);
                nint[] after = Remembered(position + 1);
                call.Add([id, place, .. remembered], [probabilities, .. after]);
                remembered = after;
            }
            return call;

            nint[] Remembered(int steps) => [.. names.Select((_, i) => CreateTensor(
                Zeros(Math.Max(1, heads * features * steps)), i % 2 == 0 ? [heads, features, steps] : [heads, steps, features]))];
        }

        private static float* Zeros(int count)
        {
            float* memory = NativeMatrix.Random(count, 1);
            new Span<float>(memory, count).Clear();
            return memory;
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

        private nint CreateTensor(void* values, int[] shape, int elements = OnnxGraph.FloatElements)
        {
            nint memory, tensor;
            Check(((delegate* unmanaged<int, int, nint*, nint>)Get(Function.CreateCpuMemoryInfo))(1, 0, &memory));
            long[] sizes = [.. shape];
            nuint bytes = (nuint)sizes.Aggregate((a, b) => a * b) * sizeof(float);
            fixed (long* first = sizes)
            {
                Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)Get(Function.CreateTensorWithData))(
                    memory, values, bytes, first, (nuint)sizes.Length, elements, &tensor));
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

        /// <summary>A session with its inputs and its preallocated outputs: one set of both, or several that take turns.</summary>
        private sealed class Call(Loaded library, nint session, string[] inputs, string[] outputs, float* output, int outputCount) : IEnumerable
        {
            private readonly byte** _inputNames = Names(inputs);
            private readonly byte** _outputNames = Names(outputs);
            private readonly List<nint> _inputs = [], _outputs = [];
            private int _turn;

            public float* Output { get; } = output;

            public int OutputCount { get; } = outputCount;

            /// <summary>Sets of inputs and outputs.</summary>
            public int Turns { get; private set; }

            public void Add(nint[] ofInputs, nint[] ofOutputs)
            {
                _inputs.AddRange(ofInputs);
                _outputs.AddRange(ofOutputs);
                Turns++;
            }

            public void Run(int repetitions)
            {
                var run = (delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)library.Get(Function.Run);
                fixed (nint* x = CollectionsMarshal.AsSpan(_inputs), y = CollectionsMarshal.AsSpan(_outputs))
                {
                    while (repetitions-- > 0)
                    {
                        nint status = run(
                            session, 0, _inputNames, x + _turn * inputs.Length, (nuint)inputs.Length, _outputNames, (nuint)outputs.Length, y + _turn * outputs.Length);
                        library.Check(status);
                        if (++_turn == Turns) _turn = 0;
                    }
                }
            }

            IEnumerator IEnumerable.GetEnumerator() => _inputs.GetEnumerator();

            private static byte** Names(string[] names)
            {
                byte** memory = (byte**)NativeMemory.Alloc((nuint)names.Length, (nuint)sizeof(byte*));
                for (int i = 0; i < names.Length; i++) memory[i] = (byte*)Marshal.StringToCoTaskMemUTF8(names[i]);
                return memory;
            }
        }
    }
}
