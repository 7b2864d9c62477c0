namespace NetGen.Training;

/// <summary>
/// Turns, shifts and mirrors images and cuts squares out of them, at random: what padding, cropping and flipping do together, and more. Every input of three axes (channels,
/// height, width) is changed, all inputs and channels of a sample alike; inputs of other shapes stay as they are.
/// </summary>
/// <example><code>
/// new Trainer&lt;FashionNet&gt;(net, optimizer) { Augmentation = new ImageAugmentation { Shift = 2, Flip = true } };
/// </code></example>
public sealed class ImageAugmentation : IAugmentation
{
    /// <summary>
    /// Pixels by which an image is shifted at most: from <c>-Shift</c> to <c>Shift</c> along each axis, each equally likely; 0 by default. What moves
    /// in is <see cref="Fill"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int Shift { get; init => field = Setting.That(value >= 0, value, "at least 0"); }

    /// <summary>Whether every second image, at random, is mirrored left to right; false by default. Not for digits or letters.</summary>
    public bool Flip { get; init; }

    /// <summary>
    /// Degrees by which an image is turned about its centre at most, from <c>-Rotate</c> to <c>Rotate</c>, pixels being interpolated; 0 by default. What turns in is <see cref="Fill"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 180.</exception>
    public float Rotate { get; init => field = Setting.That(value is >= 0 and <= 180, value, "0 to 180 degrees"); }

    /// <summary>
    /// The side of a square that is replaced by <see cref="Fill"/>, centred anywhere in the image and cut at its edges; 0, the default, for none
    /// (DeVries and Taylor, "Improved regularization of convolutional neural networks with cutout", 2017).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int CutOut { get; init => field = Setting.That(value >= 0, value, "at least 0"); }

    /// <summary>The value of the pixels that a shift or a turn brings in and a cut leaves, on the scale of the data; 0 by default.</summary>
    public float Fill { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network has no image among its inputs, or one that is not larger than <see cref="Shift"/>.</exception>
    public void Check(NetworkInfo network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!network.Inputs.Any(input => input.Shape.Rank == 3))
        {
            throw new ArgumentException(
                $"{network.Name} has no input of three axes, (channels, height, width), that could be shifted or mirrored; "
                + $"it takes {string.Join(" + ", network.Inputs.Select(input => input.Shape))}.");
        }
        foreach (InputInfo input in network.Inputs)
        {
            if (input.Shape.Rank == 3 && Math.Min(input.Shape[1], input.Shape[2]) <= Shift)
            {
                throw new ArgumentException(
                    $"Shift: expected less than the height and width of the image ({input.Name}: {input.Shape}), got {Shift}.");
            }
        }
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, NetworkInfo network, ref SplitMix64 random)
    {
        int down = random.NextBelow(2 * Shift + 1) - Shift;
        int right = random.NextBelow(2 * Shift + 1) - Shift;
        bool mirrored = random.NextBelow(2) == 0 && Flip;
        float angle = Rotate > 0 ? Rotate * (float)(2 * random.NextDouble() - 1) * (MathF.PI / 180) : 0;
        (double cutY, double cutX) = CutOut > 0 ? (random.NextDouble(), random.NextDouble()) : (0, 0);
        int start = 0;
        for (int i = 0; i < network.Inputs.Count; i++)
        {
            Shape shape = network.Inputs[i].Shape;
            int count = shape.Count;
            if (shape.Rank == 3)
            {
                Span<float> image = sample.Slice(start, count);
                int plane = shape[1] * shape[2];
                for (int channel = 0; channel < shape[0]; channel++)
                {
                    Span<float> pixels = image.Slice(channel * plane, plane);
                    if (angle != 0)
                    {
                        ImageRotation.Turn(pixels, shape[1], shape[2], angle, Fill);
                    }
                    Move(pixels, shape[1], shape[2], down, right, mirrored);
                    Cut(pixels, shape[1], shape[2], (int)(cutY * shape[1]), (int)(cutX * shape[2]));
                }
            }
            start += count;
        }
    }

    /// <summary>The settings: <c>ImageAugmentation(Shift 2, Flip True, Rotate 0, CutOut 0, Fill 0)</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"ImageAugmentation(Shift {Shift}, Flip {Flip}, Rotate {Rotate}, CutOut {CutOut}, Fill {Fill})");

    /// <summary>Replaces a square about a pixel.</summary>
    private void Cut(Span<float> image, int height, int width, int centreY, int centreX)
    {
        int left = Math.Max(0, centreX - CutOut / 2);
        int right = Math.Min(width, centreX - CutOut / 2 + CutOut);
        int bottom = Math.Min(height, centreY - CutOut / 2 + CutOut);
        for (int y = Math.Max(0, centreY - CutOut / 2); y < bottom; y++)
        {
            image[(y * width + left)..(y * width + right)].Fill(Fill);
        }
    }

    /// <summary>Moves and mirrors one channel in place, row by row, in an order in which no row is overwritten before it has been moved.</summary>
    private void Move(Span<float> image, int height, int width, int down, int right, bool mirrored)
    {
        for (int i = 0; i < height; i++)
        {
            int y = down > 0 ? height - 1 - i : i;
            Span<float> row = image.Slice(y * width, width);
            int from = y - down;
            if ((uint)from >= (uint)height)
            {
                row.Fill(Fill);
                continue;
            }
            ReadOnlySpan<float> source = image.Slice(from * width, width);
            if (right >= 0)
            {
                source[..^right].CopyTo(row[right..]);
                row[..right].Fill(Fill);
            }
            else
            {
                source[-right..].CopyTo(row);
                row[^-right..].Fill(Fill);
            }
            if (mirrored)
            {
                row.Reverse();
            }
        }
    }
}
