using System.Globalization;
using NetGen.Benchmarks.Images;

namespace NetGen.Benchmarks;

/// <summary>What is computed once per repetition, by NetGen and by every peer. Its text is how a child process is told.</summary>
internal abstract record Work
{
    /// <summary>Floating point operations of one repetition, a multiplication and an addition being two; 0 where they are not counted.</summary>
    public virtual double Flops => 0;

    /// <summary>How many results one repetition gives, where the time of one is of interest; otherwise 1.</summary>
    public virtual int Elements => 1;

    /// <summary>Reads what <see cref="object.ToString"/> of a work wrote.</summary>
    /// <exception cref="FormatException">The text is no work.</exception>
    public static Work Parse(string text)
    {
        string[] words = text.Split(' ');
        try
        {
            return words[0] switch
            {
                "product" => new Product(Enum.Parse<Transposed>(words[1]), Number(words[2]), Number(words[3]), Number(words[4])),
                "prediction" => new Prediction(Layers.Parse(words[1]), Number(words[2])),
                "training" => new Training(Layers.Parse(words[1]), Number(words[2]), Enum.Parse<Update>(words[3])),
                "image-prediction" => new ImagePrediction(ImageNetwork.Parse(words[1]), Number(words[2])),
                "image-training" => new ImageTraining(ImageNetwork.Parse(words[1]), Number(words[2])),
                "recurrent-training" => new RecurrentTraining(words[1], Number(words[2]), Number(words[3]), Number(words[4]), Number(words[5])),
                "transformer-training" => new TransformerTraining(Number(words[1]), Number(words[2]), Number(words[3]), Number(words[4]), Number(words[5]), Number(words[6])),
                "recurrent-step" => new RecurrentStep(words[1], Number(words[2]), Number(words[3])),
                "transformer-step" => new TransformerStep(Number(words[1]), Number(words[2]), Number(words[3]), Number(words[4]), Number(words[5])),
                "convolution" => new ConvolutionLayer(Enum.Parse<ConvolutionPass>(words[1]), Number(words[2]), Number(words[3]), Number(words[4]), Number(words[5])),
                "region" => new Region(Number(words[1])),
                "map" => new Map(words[1], Number(words[2])),
                _ => throw new FormatException($"'{text}' is no work"),
            };
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException)
        {
            throw new FormatException($"'{text}' is no work", e);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Which operand of a product is read transposed.</summary>
internal enum Transposed
{
    /// <summary><c>c = a b</c>: a layer's forward pass.</summary>
    None,

    /// <summary><c>c = a^T b</c>: the gradient of a weight.</summary>
    Left,

    /// <summary><c>c = a b^T</c>: the gradient of an input.</summary>
    Right,
}

/// <summary>A product of matrices in row-major order: <c>[rows, inner] x [inner, columns]</c>, after transposition.</summary>
internal sealed record Product(Transposed Transposed, int Rows, int Columns, int Inner) : Work
{
    public override double Flops => 2.0 * Rows * Columns * Inner;

    public override string ToString() => $"product {Transposed} {Rows} {Columns} {Inner}";
}

/// <summary>A network of dense layers with ReLU between them predicts a batch; its output is that of the last layer.</summary>
internal sealed record Prediction(Layers Layers, int Batch) : Work
{
    public override double Flops => 2.0 * Batch * Layers.Weights;

    public override string ToString() => $"prediction {Layers} {Batch}";
}

/// <summary>A step of an optimizer.</summary>
internal enum Update
{
    /// <summary>Plain gradient descent.</summary>
    SGD,

    /// <summary>Adam with its usual settings.</summary>
    Adam,
}

/// <summary>Forward, softmax cross-entropy, backward and update on one batch.</summary>
internal sealed record Training(Layers Layers, int Batch, Update Update) : Work
{
    /// <summary>Forward and the gradients of weights and inputs; the first layer's input needs no gradient.</summary>
    public override double Flops => 2.0 * Batch * (3.0 * Layers.Weights - (double)Layers.Widths[0] * Layers.Widths[1]);

    public override string ToString() => $"training {Layers} {Batch} {Update}";
}

/// <summary>What is computed of a convolution.</summary>
internal enum ConvolutionPass
{
    /// <summary>The result.</summary>
    Forward,

    /// <summary>The gradient of the image.</summary>
    Dx,

    /// <summary>The gradient of the weight.</summary>
    Dw,
}

/// <summary>A convolution of 3x3 that gives as many channels as it reads, on square images.</summary>
/// <param name="Pass">What is computed.</param>
/// <param name="Channels">Of image and result.</param>
/// <param name="Size">Height and width of an image.</param>
/// <param name="Padding">Zeros on each side: 0 or 1.</param>
/// <param name="Images">How many.</param>
internal sealed record ConvolutionLayer(ConvolutionPass Pass, int Channels, int Size, int Padding, int Images) : Work
{
    /// <summary>Height and width of the result.</summary>
    public int Places => Size + 2 * Padding - 2;

    /// <summary>Without the products with zeros of the padding, which a kernel can leave out: along an axis, the first and the last place have one each.</summary>
    public override double Flops => 2.0 * Images * Math.Pow(3 * Places - 2 * Padding, 2) * Channels * Channels;

    public override string ToString() => $"convolution {Pass} {Channels} {Size} {Padding} {Images}";
}

/// <summary>A network of images predicts a batch; the image is given channels first, as people have them.</summary>
internal sealed record ImagePrediction(ImageNetwork Network, int Batch) : Work
{
    public override double Flops => 2.0 * Batch * Network.Products;

    public override string ToString() => $"image-prediction {Network} {Batch}";
}

/// <summary>Forward, softmax cross-entropy, backward and a step of plain gradient descent on one batch of images.</summary>
internal sealed record ImageTraining(ImageNetwork Network, int Batch) : Work
{
    public override double Flops => 2.0 * Batch * (3 * Network.Products - Network.FirstProducts);

    public override string ToString() => $"image-training {Network} {Batch}";
}

/// <summary>A function of each element.</summary>
internal sealed record Map(string Function, int Count) : Work
{
    /// <summary>Columns of the matrix over whose rows softmax works.</summary>
    public const int SoftmaxWidth = 64;

    public override int Elements => Count;

    public override string ToString() => $"map {Function} {Count}";
}

/// <summary>All threads are given next to nothing to do, and waited for.</summary>
/// <param name="Barriers">How often they wait for one another inside.</param>
internal sealed record Region(int Barriers) : Work
{
    public override string ToString() => $"region {Barriers}";
}

/// <summary>Widths of a network of dense layers, the input's first.</summary>
internal sealed record Layers(params int[] Widths)
{
    /// <summary>Number of weights, without biases.</summary>
    public double Weights => Widths.Zip(Widths.Skip(1), (inputs, outputs) => (double)inputs * outputs).Sum();

    public static Layers Parse(string text) => new([.. text.Split('-').Select(width => int.Parse(width, CultureInfo.InvariantCulture))]);

    public override string ToString() => string.Join('-', Widths);
}
