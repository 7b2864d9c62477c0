namespace NetGen.Benchmarks.Images;

/// <summary>A network of images as peers build it. NetGen's own is a class with attributes; <see cref="AgreedNumbers"/> compares the two.</summary>
/// <param name="Input">Of one sample.</param>
/// <param name="Layers">In order of execution.</param>
internal sealed record ImageNetwork(Extents Input, params ImageLayer[] Layers)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no network.</exception>
    public static ImageNetwork Parse(string text)
    {
        string[] words = text.Split(',');
        return new(Extents.Parse(words[0]), [.. words.Skip(1).Select(ImageLayer.Parse)]);
    }

    /// <summary>Each layer with what it reads: the value before it, or what was kept.</summary>
    public IEnumerable<(ImageLayer Layer, Extents Input)> Steps
    {
        get
        {
            Extents value = Input, kept = Input;
            foreach (ImageLayer layer in Layers)
            {
                yield return (layer, layer is Shortcut ? kept : value);
                if (layer is Shortcut) kept = layer.Output(kept);
                else value = layer.Output(value);
                if (layer is Keep) kept = value;
            }
        }
    }

    /// <summary>Of one sample.</summary>
    public Extents Output => Steps.Last() is var (layer, input) ? layer.Output(input) : Input;

    /// <summary>Multiplications of one sample's prediction.</summary>
    public double Products => Steps.Sum(step => step.Layer.Products(step.Input));

    /// <summary>Multiplications of the first layer, whose input needs no gradient.</summary>
    public double FirstProducts => Layers[0].Products(Input);

    /// <summary>Parameters and running statistics.</summary>
    public int Count => Steps.SelectMany(step => step.Layer.Tensors(step.Input)).Sum(tensor => tensor.Shape.Aggregate((a, b) => a * b));

    public override string ToString() => string.Join(',', [$"{Input}", .. Layers.Select(layer => $"{layer}")]);
}
