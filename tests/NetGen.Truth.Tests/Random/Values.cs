namespace NetGen.Truth;

/// <summary>The values of one block while layers are drawn: their shapes, and the names that later layers may use.</summary>
internal sealed class Values
{
    /// <summary>The first names are ones that generated code might use for something of its own.</summary>
    private static readonly string[] Names = ["output", "loss", "batch", "target", "arena", "Weight"];

    private readonly HashSet<string> _inputs = [];

    /// <summary>The shape of the last value.</summary>
    public int[] Shape { get; private set; } = [];

    /// <summary>Whether the last value is an input as declared, so that [Standardize] may follow.</summary>
    public bool ReadsInput { get; private set; }

    public List<(string Name, int[] Shape)> Named { get; } = [];

    /// <summary>Dense layers whose parameters others may share.</summary>
    public List<(string Name, int Inputs, int Units)> Dense { get; } = [];

    /// <summary>Layers of blocks whose parameters others may share, as their attribute without a name.</summary>
    public List<(string Name, string Layer, int[] Input, int[] Output)> Composed { get; } = [];

    public bool IsInput(string name) => _inputs.Contains(name);

    public void DefineInput(string name, int[] shape)
    {
        MoveTo(shape, isInput: true);
        Named.Add((name, shape));
        _inputs.Add(name);
    }

    /// <summary>What a block reads, which is not the network's input as far as a block knows.</summary>
    public void DefineBlockInput(int[] shape)
    {
        MoveTo(shape);
        Named.Add(("input", shape));
    }

    public void MoveTo(int[] shape, bool isInput = false) => (Shape, ReadsInput) = (shape, isInput);

    /// <summary>Gives the last value a name.</summary>
    public string NameIt()
    {
        Named.Add((Named.Count < Names.Length ? Names[Named.Count] : $"n{Named.Count}", Shape));
        return Named[^1].Name;
    }
}
