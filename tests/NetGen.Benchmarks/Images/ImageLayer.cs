namespace NetGen.Benchmarks.Images;

/// <summary>A layer of an <see cref="ImageNetwork"/>. Its text is how a peer's process reads it.</summary>
internal abstract record ImageLayer
{
    /// <summary>What it makes of an image of these extents.</summary>
    public virtual Extents Output(Extents input) => input;

    /// <summary>Multiplications of one sample, each with its addition; those with the zeros of a padding count too, as is usual.</summary>
    public virtual double Products(Extents input) => 0;

    /// <summary>Parameters and running statistics by PyTorch's names, in PyTorch's shapes.</summary>
    public virtual IReadOnlyList<(string Name, int[] Shape)> Tensors(Extents input) => [];

    /// <summary>Reads what <see cref="object.ToString"/> of a layer wrote.</summary>
    /// <exception cref="FormatException">The text is no layer.</exception>
    public static ImageLayer Parse(string text)
    {
        string[] words = text.Split('-');
        return words[0] switch
        {
            "conv" => new Convolution(int.Parse(words[1]), ImageWindow.Parse(words[2..])),
            "shortcut" => new Shortcut(new(int.Parse(words[1]), ImageWindow.Parse(words[2..]))),
            "depthwise" => new Depthwise(ImageWindow.Parse(words[1..])),
            "norm" => new BatchNormalization(),
            "relu" => new Rectifier(),
            "max" => new MaxPool(int.Parse(words[1])),
            "globalaverage" => new GlobalAverage(),
            "flatten" => new Flattening(),
            "dense" => new Linear(int.Parse(words[1])),
            "keep" => new Keep(),
            "add" => new AddKept(),
            _ => throw new FormatException($"'{text}' is no layer"),
        };
    }
}

/// <summary>Where a convolution reads.</summary>
/// <param name="Height">Of the kernel.</param>
/// <param name="Width">Of the kernel.</param>
/// <param name="Stride">Along both axes.</param>
/// <param name="Same">Whether the result is as large as the image, divided by the stride and rounded up: TensorFlow's padding, its odd pixel at the end.</param>
internal sealed record ImageWindow(int Height, int Width, int Stride, bool Same)
{
    public static ImageWindow Parse(string[] words)
    {
        string[] kernel = words[0].Split('x');
        return new(int.Parse(kernel[0]), int.Parse(kernel[1]), int.Parse(words[1]), words[2] == "same");
    }

    /// <summary>Places of the window along an axis.</summary>
    public int Places(int extent, int kernel) => Same ? (extent + Stride - 1) / Stride : (extent - kernel) / Stride + 1;

    /// <summary>Pixels of padding before and after an axis.</summary>
    public (int Before, int After) Padding(int extent, int kernel)
    {
        int all = Same ? Math.Max(0, (Places(extent, kernel) - 1) * Stride + kernel - extent) : 0;
        return (all / 2, all - all / 2);
    }

    public override string ToString() => $"{Height}x{Width}-{Stride}-{(Same ? "same" : "none")}";
}

/// <summary>A convolution with a bias.</summary>
internal sealed record Convolution(int Filters, ImageWindow Window) : ImageLayer
{
    public override Extents Output(Extents input) => new(Filters, Window.Places(input.Height, Window.Height), Window.Places(input.Width, Window.Width));

    public override double Products(Extents input) => (double)Output(input).Count * input.Channels * Window.Height * Window.Width;

    public override IReadOnlyList<(string Name, int[] Shape)> Tensors(Extents input) =>
        [("weight", [Filters, input.Channels, Window.Height, Window.Width]), ("bias", [Filters])];

    public override string ToString() => $"conv-{Filters}-{Window}";
}

/// <summary>A convolution of what was kept, which replaces it.</summary>
internal sealed record Shortcut(Convolution Convolution) : ImageLayer
{
    public override Extents Output(Extents input) => Convolution.Output(input);

    public override double Products(Extents input) => Convolution.Products(input);

    public override IReadOnlyList<(string Name, int[] Shape)> Tensors(Extents input) => Convolution.Tensors(input);

    public override string ToString() => $"shortcut-{Convolution.Filters}-{Convolution.Window}";
}

/// <summary>A convolution of each channel by itself, with a bias.</summary>
internal sealed record Depthwise(ImageWindow Window) : ImageLayer
{
    public override Extents Output(Extents input) => new(input.Channels, Window.Places(input.Height, Window.Height), Window.Places(input.Width, Window.Width));

    public override double Products(Extents input) => (double)Output(input).Count * Window.Height * Window.Width;

    public override IReadOnlyList<(string Name, int[] Shape)> Tensors(Extents input) =>
        [("weight", [input.Channels, 1, Window.Height, Window.Width]), ("bias", [input.Channels])];

    public override string ToString() => $"depthwise-{Window}";
}

/// <summary>Batch normalisation, right after a convolution.</summary>
internal sealed record BatchNormalization : ImageLayer
{
    public const float Epsilon = 1e-3f;

    public override IReadOnlyList<(string Name, int[] Shape)> Tensors(Extents input) =>
        [("weight", [input.Channels]), ("bias", [input.Channels]), ("running_mean", [input.Channels]), ("running_var", [input.Channels])];

    public override string ToString() => "norm";
}

/// <summary>ReLU.</summary>
internal sealed record Rectifier : ImageLayer
{
    public override string ToString() => "relu";
}

/// <summary>The largest of each square; what does not fill a square is dropped.</summary>
internal sealed record MaxPool(int Size) : ImageLayer
{
    public override Extents Output(Extents input) => new(input.Channels, input.Height / Size, input.Width / Size);

    public override string ToString() => $"max-{Size}";
}

/// <summary>The mean of each channel.</summary>
internal sealed record GlobalAverage : ImageLayer
{
    public override Extents Output(Extents input) => new(input.Channels);

    public override string ToString() => "globalaverage";
}

/// <summary>Channels first, then rows.</summary>
internal sealed record Flattening : ImageLayer
{
    public override Extents Output(Extents input) => new(input.Count);

    public override string ToString() => "flatten";
}

/// <summary>A dense layer with a bias.</summary>
internal sealed record Linear(int Outputs) : ImageLayer
{
    public override Extents Output(Extents input) => new(Outputs);

    public override double Products(Extents input) => (double)input.Count * Outputs;

    public override IReadOnlyList<(string Name, int[] Shape)> Tensors(Extents input) => [("weight", [Outputs, input.Count]), ("bias", [Outputs])];

    public override string ToString() => $"dense-{Outputs}";
}

/// <summary>Keeps the value for <see cref="AddKept"/>.</summary>
internal sealed record Keep : ImageLayer
{
    public override string ToString() => "keep";
}

/// <summary>Adds what was kept.</summary>
internal sealed record AddKept : ImageLayer
{
    public override string ToString() => "add";
}
