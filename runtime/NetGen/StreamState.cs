using System.Globalization;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>What a network that takes a sequence step by step remembers: hidden states, recent steps, keys and values. One stream, one state, one thread at a time.</summary>
public sealed class StreamState
{
    private const string StepsKey = "netgen.steps";
    private const string TensorName = "stream";

    private readonly NetworkInfo _info;
    private readonly AlignedBuffer _values;

    internal StreamState(NetworkInfo info, int floats, int workspace)
    {
        _info = info;
        _values = new AlignedBuffer(Math.Max(1, floats));   // a file has no empty tensors
        Workspace = new Workspace(workspace);
    }

    /// <summary>How many steps the stream has taken.</summary>
    public long Steps { get; private set; }

    /// <summary>What is remembered.</summary>
    internal Span<float> Values => _values.Span;

    /// <summary>Memory to compute a step in; contents are undefined between steps.</summary>
    internal Workspace Workspace { get; }

    /// <summary>Goes back to before the first step.</summary>
    public void Reset()
    {
        Values.Clear();
        Steps = 0;
    }

    /// <summary>Becomes a copy of another stream, to go on from there.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="other"/> is a state of another network.</exception>
    public void CopyFrom(StreamState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._info.ArchitectureHash != _info.ArchitectureHash || other._values.Length != _values.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected a state of {_info.Name} of {_values.Length} floats, got one of {other._info.Name} of {other._values.Length}."),
                nameof(other));
        }
        other.Values.CopyTo(Values);
        Steps = other.Steps;
    }

    /// <summary>Creates an independent copy.</summary>
    public StreamState Clone()
    {
        var copy = new StreamState(_info, _values.Length, Workspace.Length);
        if (Workspace.Scratch is { } scratch) copy.Workspace.ReserveScratch(scratch.Length);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Saves the state as a safetensors file. A file that was there is replaced only when the new one is complete.</summary>
    /// <param name="path">Where to.</param>
    /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
    public void Save(string path) => Snapshot().Write(path);

    /// <summary>Saves the state in the safetensors format.</summary>
    /// <param name="stream">Written from its position on, and left open.</param>
    public void Save(Stream stream) => Snapshot().Write(stream);

    /// <summary>Loads a state that <see cref="Save(string)"/> wrote, of the same network. The file is checked whole first: on any exception the state is as it was.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NetworkFormatException">The file is damaged, or holds no state of this network.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public void Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        Load(stream);
    }

    /// <summary>Loads from a stream, from its position to its end, as <see cref="Load(string)"/> does from a file.</summary>
    /// <param name="stream">Read to its end, and left open.</param>
    /// <exception cref="NetworkFormatException">The stream is damaged, or holds no state of this network.</exception>
    public void Load(Stream stream)
    {
        SafetensorsFile file = SafetensorsFile.Read(stream);
        string? name = SafetensorsFile.NameOf(stream);
        NetworkMetadata.CheckVersion(file, name);
        if (NetworkMetadata.IsOf(file, _info) != true)
        {
            throw NetworkFormatException.Create(
                name, null, $"a stream of {_info.Name}", $"one of {NetworkMetadata.NameOf(file)}", "A state belongs to the network that it was saved from, with the same layers.");
        }
        string text = file.Metadata.GetValueOrDefault(StepsKey, "");
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long steps))
        {
            throw NetworkFormatException.Create(name, null, $"{StepsKey} that is a whole number of at least 0", $"'{text}'", SafetensorsHeader.Damaged);
        }
        if (file.Tensors is not [{ Name: TensorName, Type: SafetensorsType.F32 } tensor] || tensor.Count != _values.Length)
        {
            string found = string.Join(", ", file.Tensors.Select(found => $"{found.Name} of {found.Count}"));
            throw NetworkFormatException.Create(name, TensorName, $"{_values.Length} floats and no other tensor", found, SafetensorsHeader.Damaged);
        }
        tensor.CopyTo(Values);
        Steps = steps;
    }

    /// <summary>
    /// Whether it is of the class that has these tables. Another class may have the same layers, and need more memory to compute a step in.
    /// </summary>
    internal bool IsOf(NetworkInfo info) => ReferenceEquals(info, _info);

    internal void Advance() => Steps++;

    private SafetensorsFile Snapshot() => new(
        [new SafetensorsTensor(TensorName, new Shape([_values.Length]), Values.ToArray())],
        new Dictionary<string, string>(NetworkMetadata.Of(_info)) { [StepsKey] = Steps.ToString(CultureInfo.InvariantCulture) });
}
