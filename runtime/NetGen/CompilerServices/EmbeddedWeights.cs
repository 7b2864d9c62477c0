using System.ComponentModel;
using System.Reflection;

namespace NetGen.CompilerServices;

/// <summary>Weights files inside an assembly. The build has checked them and knows where each tensor lies, so that no header is parsed here.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EmbeddedWeights
{
    /// <summary>What the names of the resources start with.</summary>
    private const string Prefix = "NetGen.Weights/";

    /// <summary>The bytes of a file, where they lie in the assembly: nothing is read or copied until it is used.</summary>
    /// <param name="assembly">The assembly of the network, which the file lives as long as.</param>
    /// <param name="file">As <see cref="WeightsAttribute"/> names it.</param>
    /// <param name="length">Bytes of the file that the network was compiled for.</param>
    /// <param name="headerLength">Bytes of its header.</param>
    /// <param name="headerHash">FNV-1a of its header: a file of another content but for the numbers has another.</param>
    /// <exception cref="NetworkFormatException">The assembly holds no such file, or another one than the network was compiled for.</exception>
    public static unsafe ReadOnlySpan<byte> Open(Assembly assembly, string file, int length, int headerLength, ulong headerHash)
    {
        if (assembly.GetManifestResourceStream(Prefix + file) is not UnmanagedMemoryStream stream)
        {
            throw Bad(assembly, file, $"a resource {Prefix}{file}", "none");
        }
        using (stream)
        {
            ReadOnlySpan<byte> bytes = new(stream.PositionPointer, checked((int)stream.Length));
            return bytes.Length == length && HeaderHash.Of(bytes[..headerLength]) == headerHash
                ? bytes
                : throw Bad(assembly, file, $"the file of {length} bytes that the network was compiled for", $"another one of {bytes.Length} bytes");
        }
    }

    /// <summary>Copies one tensor into a network's memory: converts it to floats, and from PyTorch's order to the network's.</summary>
    /// <param name="file">The file.</param>
    /// <param name="begin">Where the tensor starts in it.</param>
    /// <param name="type">The type of its numbers there.</param>
    /// <param name="tensor">What it is in the network.</param>
    /// <param name="buffer">The flat buffer of parameters or of state.</param>
    public static void Copy(ReadOnlySpan<byte> file, int begin, SafetensorsType type, TensorInfo tensor, Span<float> buffer)
    {
        if (tensor.Layout is null)
        {
            SafetensorsNumbers.ToFloats(type, file[begin..], buffer.Slice(tensor.Offset, tensor.Length));
            return;
        }
        float[] values = new float[tensor.Length];
        SafetensorsNumbers.ToFloats(type, file[begin..], values);
        TensorLayouts.FromRowMajor(values, tensor, buffer);
    }

    /// <summary>Copies one tensor into a network's memory, from PyTorch's order to the network's.</summary>
    /// <param name="values">The tensor.</param>
    /// <param name="tensor">What it is in the network.</param>
    /// <param name="buffer">The flat buffer of parameters or of state.</param>
    public static void Copy(ReadOnlySpan<float> values, TensorInfo tensor, Span<float> buffer) => TensorLayouts.FromRowMajor(values, tensor, buffer);

    /// <summary>Replays the samples of a file and compares.</summary>
    /// <param name="network">A network with the weights of the file.</param>
    /// <param name="file">The file.</param>
    /// <param name="inputs">Where the inputs start in it: F32, <c>[samples, InputSize]</c>.</param>
    /// <param name="outputs">Where the outputs start.</param>
    /// <param name="samples">How many there are.</param>
    public static GoldenReport Verify(IPredictor network, ReadOnlySpan<byte> file, int inputs, int outputs, int samples)
    {
        float[] input = new float[samples * network.Info.InputSize];
        float[] expected = new float[samples * network.Info.OutputSize];
        float[] actual = new float[expected.Length];
        SafetensorsNumbers.ToFloats(SafetensorsType.F32, file[inputs..], input);
        SafetensorsNumbers.ToFloats(SafetensorsType.F32, file[outputs..], expected);
        network.Predict(input, actual);
        return GoldenReport.Of(expected, actual, samples);
    }

    /// <summary>What verifying says of a file without samples.</summary>
    public static GoldenReport NothingToVerify(string file) => throw new InvalidOperationException(
        $"{file} holds no samples to verify with: save it again with some, as in net.Save(path, golden: samples) or net.Freeze(path, golden: samples).");

    private static NetworkFormatException Bad(Assembly assembly, string file, string expected, string found) =>
        NetworkFormatException.Create(file, null, $"{expected} in {assembly.GetName().Name}", found, "Build the project again, or name the file in <NetGenWeights Include=\"...\" />.");
}
