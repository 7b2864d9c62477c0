using System.Runtime.InteropServices;
using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>A file made by PyTorch; <c>tests/fixtures/README.md</c> says what it holds.</summary>
internal sealed class Fixture
{
    private readonly SafetensorsFile _file;

    private Fixture(string name, SafetensorsFile file)
    {
        Name = name;
        _file = file;
    }

    public string Name { get; }

    public string Attributes => _file.Metadata["attributes"];

    public string Blocks => _file.Metadata.GetValueOrDefault("blocks", "");

    public IReadOnlyDictionary<string, string> Metadata => _file.Metadata;

    /// <summary>Names of the tensors.</summary>
    public IEnumerable<string> Tensors => _file.Tensors.Select(tensor => tensor.Name);

    /// <summary>The samples with their targets.</summary>
    public Batch Batch => new()
    {
        Count = (int)Find("input").Shape[0],
        Inputs = Floats("input"),
        Targets = Has("target") ? Floats("target") : [],
        Classes = Has("classes") ? Integers("classes") : [],
        Lengths = Has("lengths") ? Integers("lengths") : [],
        Weights = Has("weights") ? Floats("weights") : [],
    };

    /// <summary>The names of the fixtures of one kind.</summary>
    public static IEnumerable<string> OfKind(string kind) =>
        Directory.EnumerateFiles(Repository.Fixture(""), "*.safetensors").Where(path => SafetensorsFile.Read(path).Metadata["kind"] == kind)
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static Fixture Read(string name) => new(name, SafetensorsFile.Read(Repository.Fixture($"{name}.safetensors")));

    /// <summary>Copies parameters and state into a network.</summary>
    public void LoadTensors(INetwork network)
    {
        foreach (TensorInfo tensor in network.Info.Parameters)
        {
            network.Import(tensor.Name, Floats($"param.{tensor.Name}"));
        }
        foreach (TensorInfo tensor in network.Info.State)
        {
            network.Import(tensor.Name, Floats($"state.{tensor.Name}"));
        }
    }

    /// <summary>A gradient in PyTorch's shape.</summary>
    public static float[] Gradient(ITrainable network, TensorInfo parameter)
    {
        // The definition of a layout, element by element.
        ReadOnlySpan<float> stored = network.Gradients.Slice(parameter.Offset, parameter.Length);
        ReadOnlySpan<int> view = parameter.Layout is { } layout ? layout.View : parameter.Shape.Extents;
        int[] order = parameter.Layout is { } other ? other.Order.ToArray() : [.. Enumerable.Range(0, view.Length)];
        var result = new float[stored.Length];
        for (int index = 0; index < result.Length; index++)
        {
            var coordinates = new int[view.Length];
            for (int axis = view.Length - 1, rest = index; axis >= 0; rest /= view[axis], axis--)
            {
                coordinates[axis] = rest % view[axis];
            }
            int place = 0;
            foreach (int axis in order)
            {
                place = (place * view[axis]) + coordinates[axis];
            }
            result[index] = stored[place];
        }
        return result;
    }

    /// <summary>The loss while training, which sees statistics of the batch where prediction takes running ones.</summary>
    public float[] TrainingLoss => Floats(Has("training_loss") ? "training_loss" : "loss");

    public float[] Floats(string tensor)
    {
        var values = new float[Find(tensor).Count];
        Find(tensor).CopyTo(values);
        return values;
    }

    public double[] Doubles(string tensor) => Closeness.ToDouble(Floats(tensor));

    public int[] Integers(string tensor) => MemoryMarshal.Cast<byte, int>(Find(tensor).Data.Span).ToArray();

    public bool Has(string tensor) => _file.Tensors.Any(candidate => candidate.Name == tensor);

    private SafetensorsTensor Find(string name) =>
        _file.Tensors.FirstOrDefault(tensor => tensor.Name == name) ?? throw new InvalidOperationException($"fixture {Name} has no tensor '{name}'; make the fixtures again");
}
