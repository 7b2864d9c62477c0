using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Truth;

/// <summary>What a graph is run on.</summary>
/// <param name="Batch">Number of samples.</param>
/// <param name="Input"><c>[B, InputSize]</c>.</param>
/// <param name="Tensors">Parameters and state by name, as they lie in memory.</param>
/// <param name="Target"><c>[B, OutputSize]</c>; classes as one-hot rows. Empty for prediction.</param>
/// <param name="Weights">One a sample, of any sum; empty for ones.</param>
/// <param name="Seed">The network's seed.</param>
/// <param name="Step">The network's step.</param>
/// <param name="Lengths">Real steps of each sequence; null where all are.</param>
/// <param name="SequenceLength">The steps that lengths count.</param>
/// <param name="Carried">What recurrences carry from the batch before, by the place of <see cref="CarriedStates"/>; null for zeros.</param>
/// <param name="Classes">The right class of each row, where the targets were such; null for probabilities and numbers.</param>
/// <param name="Noise">Disturbs every element of every value, those inside of a recurrence among them; null where nothing does.</param>
public sealed record Bindings(
    int Batch, double[] Input, IReadOnlyDictionary<string, double[]> Tensors, double[] Target, double[] Weights, ulong Seed = 0, long Step = 0, int[]? Lengths = null, int SequenceLength = 0,
    IReadOnlyDictionary<int, double[]>? Carried = null, int[]? Classes = null, Func<double, double>? Noise = null)
{
    /// <summary>How many of a sample's steps are real.</summary>
    public int LengthOf(int sample, int steps, bool hasLengths) => hasLengths && Lengths is not null ? Lengths[sample] : steps;
}

/// <summary>Runs a graph in double precision, op by op, by the definition of each: slow, obvious, and sharing nothing with the code that it checks.</summary>
public static class Interpreter
{
    /// <summary>The value of every node.</summary>
    /// <param name="graph">What to run.</param>
    /// <param name="bindings">What to run it on.</param>
    /// <param name="noise">Disturbs every element of every value, to see what errors grow to; none by default.</param>
    public static IReadOnlyDictionary<Node, double[]> Run(Graph graph, Bindings bindings, Func<double, double>? noise = null)
    {
        bindings = bindings with { Noise = noise };
        var values = new Dictionary<Node, double[]>();
        foreach (Node node in graph.Nodes)
        {
            double[] value = node.Op is Result or ScanGradient
                ? EvaluateWithNode(node, values, bindings)
                : Evaluate(node, [.. node.Operands.Select(operand => values[operand])], bindings);
            values[node] = noise is null ? value : Map(value, noise);
        }
        return values;
    }

    /// <summary>The mean loss; of several outputs the sum.</summary>
    public static double Loss(Graph graph, Bindings bindings) =>
        Run(graph, bindings).Where(pair => pair.Key.Op is Loss).Sum(pair => pair.Value[0]);

    /// <summary>What recurrences carry to the next batch, by the place of <see cref="CarriedStates"/>.</summary>
    public static IReadOnlyDictionary<int, double[]> Carried(Graph graph, Bindings bindings)
    {
        IReadOnlyDictionary<Node, double[]> values = Run(graph, bindings);
        return graph.Nodes.Where(node => node.Op is Scan { Carries: true }).ToDictionary(
            node => ((CarriedStates)node.Operands[3].Op).Offset,
            node => new ReferenceRecurrence((Scan)node.Op, [.. node.Operands.Select(operand => values[operand])], node.Shape.Extents[0], bindings).Final);
    }

    /// <summary>The gradient of every parameter, by name, as it lies in memory.</summary>
    public static IReadOnlyDictionary<string, double[]> Gradients(Graph graph, Bindings bindings) =>
        Run(graph, bindings).Where(pair => pair.Key.Op is StoreGradient).ToDictionary(pair => ((StoreGradient)pair.Key.Op).Parameter, pair => pair.Value);

    /// <summary>An op that depends on nothing but its operands.</summary>
    /// <param name="op">The op.</param>
    /// <param name="x">Values of its operands.</param>
    /// <param name="shapes">Their shapes.</param>
    internal static double[] EvaluateAlone(Op op, double[][] x, Compiler.Ir.Shape[] shapes)
    {
        var builder = new GraphBuilder();
        Node[] operands = [.. shapes.Select(shape => builder.Add(new Input(shape)))];
        return Evaluate(builder.Add(op, operands), x, new((int)(x[0].Length / shapes[0].Count), [], new Dictionary<string, double[]>(), [], []));
    }

    /// <summary>What reads what another node read, or is part of what another gives.</summary>
    private static double[] EvaluateWithNode(Node node, Dictionary<Node, double[]> values, Bindings bindings)
    {
        double[][] Of(IEnumerable<Node> operands) => [.. operands.Select(operand => values[operand])];
        Node producer = node.Operands[0];
        return node.Op switch
        {
            ScanGradient => OfScan(node, ofState: false),
            Result { Index: ScanGradient.OfState } when producer.Op is ScanGradient => OfScan(producer, ofState: true),
            // Whatever the kernel saves, the reference computes it again.
            Result { Index: Scan.Gates or Scan.Saved } when producer.Op is Scan => new double[bindings.Batch * node.Shape.Count],
            Result { Index: Scan.Previous } when producer.Op is Scan scan => ReferenceSequences.Scan(scan, Of(producer.Operands), producer.Shape.Extents[0], bindings, previous: true),
            Result { Index: AttendGradient.OfMemory } when producer.Op is AttendGradient gradient =>
                Attention(gradient.Forward, Of(producer.Operands.Skip(1)), bindings).Gradients(values[producer.Operands[0]]).OfMemory,
            _ => throw new NotSupportedException($"the interpreter has no definition of the further results of {producer.Op.Mnemonic}; add one"),
        };

        double[] OfScan(Node gradient, bool ofState)
        {
            Node scan = gradient.Operands[1];
            return ReferenceSequences.ScanGradient((Scan)scan.Op, Of(scan.Operands), scan.Shape.Extents[0], bindings, values[gradient.Operands[0]], ofState);
        }
    }

    private static ReferenceAttention Attention(Attend attend, double[][] x, Bindings bindings) => new(attend, x, bindings, (dropout, count) => DropoutMask(dropout, count, bindings));

    private static double[] Evaluate(Node node, double[][] x, Bindings bindings)
    {
        Compiler.Ir.Shape[] shapes = [.. node.Operands.Select(operand => operand.Shape)];
        switch (node.Op)
        {
            case Input: return bindings.Input;
            case Parameter parameter: return bindings.Tensors[parameter.Name];
            case State state: return bindings.Tensors[state.Name];
            case CarriedStates carried: return bindings.Carried is { } all ? all[carried.Offset] : new double[bindings.Batch * node.Shape.Count];
            case Target target: return TargetOf(target, bindings);
            case RowWeights weights: return RowWeightsOf(weights, bindings);
            case Compiler.Ops.Loss: return [x[0].Sum()];
            case Sink or Reshape: return x[0];
            case MatMul product: return MatMulOf(product, x, shapes);
            case Convolve convolution: return ReferenceWindows.Convolve(convolution, x, bindings.Batch);
            case ConvolveInputGradient convolution: return ReferenceWindows.InputGradient(convolution, x, bindings.Batch);
            case ConvolveWeightGradient convolution: return ReferenceWindows.WeightGradient(convolution, x, bindings.Batch);
            case Pool pool: return ReferenceWindows.Pool(pool, x[0], shapes[0].Last, bindings.Batch);
            case MaxPoolGradient pool: return ReferenceWindows.MaxPoolGradient(pool, x, shapes[0].Last, bindings.Batch);
            case AveragePoolGradient pool: return ReferenceWindows.AveragePoolGradient(pool, x[0], shapes[0].Last, bindings.Batch);
            case AdaptiveAveragePool: return ReferenceImages.AdaptiveAverage(x[0], shapes[0], node.Shape, isGradient: false);
            case AdaptiveAveragePoolGradient: return ReferenceImages.AdaptiveAverage(x[0], node.Shape, shapes[0], isGradient: true);
            case Resample resample: return ReferenceImages.Resample(resample.Mode, x[0], shapes[0], node.Shape, isGradient: false);
            case ResampleGradient resample: return ReferenceImages.Resample(resample.Mode, x[0], node.Shape, shapes[0], isGradient: true);
            case Pad pad: return ReferenceImages.Pad(pad, x[0], shapes[0], node.Shape);
            case Permute permute: return PermuteOf(x[0], shapes[0], permute.Order);
            case Activate activate: return Map(x[0], value => ReferenceActivations.Value(activate.Activation, value));
            case ActivateGradient gradient:
                return Zip(x[0], x[1], (saved, g) => g * ReferenceActivations.Derivative(gradient.Activation, saved));
            case Arithmetic { Axis: null } arithmetic: return Zip(x[0], x[1], Operation(arithmetic.Kind));
            case Arithmetic { Axis: { } axis } arithmetic:
                return [.. x[0].Select((value, index) => Operation(arithmetic.Kind)(value, x[1][IndexAlong(shapes[0], axis, index) + VectorOf(shapes[1], shapes[0], index)]))];
            case FillMissing fill:
                return [.. x[0].Select((value, index) => double.IsNaN(value) ? x[1][IndexAlong(shapes[0], fill.Axis, index)] : value)];
            case SumTo { PerSample: true } sum: return [.. x[0].Chunk((int)shapes[0].Count).SelectMany(sample => SumToOf(sample, shapes[0], sum.Axis))];
            case SumTo sum: return SumToOf(x[0], shapes[0], sum.Axis);
            case ElementwiseChain chain:
                double[] inner = ChainOf(chain.Inner, x[chain.Index..(chain.Index + chain.InnerOperands)]);
                return ChainOf(chain.Outer, [.. x[..chain.Index], inner, .. x[(chain.Index + chain.InnerOperands)..]]);

                static double[] ChainOf(Op op, double[][] x) => EvaluateAlone(op, x, [.. x.Select(_ => Compiler.Ir.Shape.Batch(1))]);
            case Affine affine: return Map(x[0], value => (affine.Factor * value) + affine.Offset);
            case Concat concat: return ConcatOf(x, shapes, concat.Axis, bindings.Batch);
            case Slice slice: return SliceOf(x[0], shapes[0], slice);
            case Softmax: return Rows(x[0], shapes[0].Last, SoftmaxOf);
            case SoftmaxGradient: return SoftmaxGradientOf(x[0], x[1], shapes[0].Last);
            case SampleMoments: return ReferenceNorms.SampleMoments(x[0], shapes[0].Last, bindings.Batch);
            case BatchMoments moments: return ReferenceNorms.BatchMoments(x[0], shapes[0].Last, moments);
            case BatchNormalize: return ReferenceNorms.Normalize(x[0], x[1], x[2], x[3]);
            case UpdateRunning update: return ReferenceNorms.Update(update, x[0], x[1], update.Pixels * bindings.Batch);
            case ChannelGradientSums: return ReferenceNorms.GradientSums(x[0], x[1], x[2], shapes[0].Last, bindings.Batch);
            case BatchNormalizeInputGradient: return ReferenceNorms.BatchInputGradient(x[0], x[1], x[2], x[3], x[4]);
            case GroupMoments moments: return ReferenceNorms.GroupMoments(x[0], shapes[0].Last, moments);
            case GroupNormalize: return ReferenceNorms.NormalizeGroups(x, shapes[0].Last, bindings.Batch);
            case GroupNormalizeInputGradient gradient: return ReferenceNorms.GroupInputGradient(gradient, x, shapes[0].Last, bindings.Batch);
            case RowMoments moments: return [.. x[0].Chunk(shapes[0].Last).SelectMany(row => ReferenceNorms.RowMoments(moments, row))];
            case RowNormalize: return ReferenceNorms.NormalizeRows(x);
            case RowNormalizeInputGradient gradient: return ReferenceNorms.RowInputGradient(gradient.Centred, x);
            case RowNormalizeWeightGradient: return ReferenceNorms.RowWeightGradient(x, shapes[0].Last);
            case ParametricReLU: return [.. x[0].Select((value, index) => value > 0 ? value : x[1][index % x[1].Length] * value)];
            case ParametricReLUInputGradient: return [.. x[2].Select((g, index) => x[0][index] > 0 ? g : x[1][index % x[1].Length] * g)];
            case ParametricReLUSlopeSums:
                return [.. Zip(x[0], x[1], (value, g) => value > 0 ? 0 : value * g).Chunk(x[0].Length / bindings.Batch).SelectMany(sample =>
                    Enumerable.Range(0, shapes[0].Last).Select(channel => sample.Where((_, index) => index % shapes[0].Last == channel).Sum()))];
            case SpatialDropout dropout:
                double[] channelMask = DropoutMask(new(dropout.Rate, dropout.Stream), bindings.Batch * shapes[0].Last, bindings);
                return [.. x[0].Select((value, index) => value * channelMask[(index / (x[0].Length / bindings.Batch) * shapes[0].Last) + (index % shapes[0].Last)])];
            case Scan scan: return ReferenceSequences.Scan(scan, x, shapes[0].Extents[0], bindings, previous: false);
            case Embed: return ReferenceSequences.Embed(x[0], x[1], shapes[1].Last);
            case EmbedGradient embed: return ReferenceSequences.EmbedGradient(x[0], x[1], embed.Vocabulary, shapes[1].Last);
            case AddPositions: return [.. x[0].Select((value, index) => value + x[1][index % x[1].Length])];
            case AddSinusoids: return ReferenceSequences.AddSinusoids(x[0], shapes[0].Extents[0], shapes[0].Last);
            case Rotate rotate: return ReferenceSequences.Rotate(rotate, x[0], shapes[0].Last);
            case OverTime over: return ReferenceSequences.OverTime(over.Kind, x[0], shapes[0].Extents[0], shapes[0].Last, bindings, over.HasLengths);
            case OverTimeGradient over: return ReferenceSequences.OverTimeGradient(over, x, shapes[0].Last, bindings);
            case Attend attend: return Attention(attend, x, bindings).Forward();
            case AttendGradient gradient: return Attention(gradient.Forward, x[1..], bindings).Gradients(x[0]).OfQueries;
            case FoldedNorm folded: return ReferenceNorms.Fold(folded, x);
            case ScaleShift: return [.. x[0].Select((value, index) => (value * x[1][index % shapes[0].Last]) + x[1][shapes[0].Last + (index % shapes[0].Last)])];
            case Dropout dropout: return Zip(x[0], DropoutMask(dropout, x[0].Length, bindings), (value, mask) => value * mask);
            case SoftmaxCrossEntropy: return CrossEntropy(x[0], x[1], x[2], shapes[0].Last);
            case SoftmaxCrossEntropyGradient: return CrossEntropyGradient(x[0], x[1], x[2], shapes[0].Last);
            case ElementwiseLoss loss:
                return Weighted(Zip(x[0], x[1], (prediction, target) => ReferenceLosses.Value(loss.Function, prediction, target)), x[2], shapes[0].Last);
            case ElementwiseLossGradient loss:
                return Weighted(Zip(x[0], x[1], (prediction, target) => ReferenceLosses.Derivative(loss.Function, prediction, target)), x[2], shapes[0].Last);
            case RowLoss loss:
                return [.. RowsOf(x, shapes[0].Last).Select(row => row.Weight == 0 ? 0 : row.Weight * ReferenceRowLosses.Value(loss.Function, row.Prediction, row.Target))];
            case RowLossGradient loss:
                return [.. RowsOf(x, shapes[0].Last).SelectMany(row =>
                    row.Weight == 0 ? new double[row.Prediction.Length] : Map(ReferenceRowLosses.Gradient(loss.Function, row.Prediction, row.Target), value => row.Weight * value))];
            default: throw new NotSupportedException($"the interpreter has no definition of {node.Op.Mnemonic}; add one");
        }
    }

    /// <summary>Rows of predictions, targets and weights; no targets where there are two operands.</summary>
    private static IEnumerable<(double[] Prediction, double[] Target, double Weight)> RowsOf(double[][] x, int width)
    {
        int rows = x[^1].Length, targets = x.Length == 2 ? 0 : x[1].Length / rows;
        return Enumerable.Range(0, rows).Select(row => (
            x[0][(row * width)..((row + 1) * width)], targets == 0 ? [] : x[1][(row * targets)..((row + 1) * targets)], x[^1][row]));
    }

    private static double[] TargetOf(Target target, Bindings bindings)
    {
        double[] own = [.. bindings.Target.Chunk(bindings.Target.Length / bindings.Batch).SelectMany(row => row.Skip(target.Start).Take((int)target.Shape.Count))];
        if (target.Map is not { } map)
        {
            return own;
        }
        int classes = target.Shape.Last;
        return [.. own.Select((value, index) =>
            (map.ClassWeights.Count == 0 ? 1 : map.ClassWeights[index % classes]) * (((1 - (double)map.Smoothing) * value) + ((double)map.Smoothing / classes)))];
    }

    /// <summary>One weight a row, all of them together the output's weight.</summary>
    private static double[] RowWeightsOf(RowWeights op, Bindings bindings)
    {
        int rows = (int)op.Shape.Count;
        // Outputs over the time that lengths count leave the padding out.
        double[] each = [.. Enumerable.Range(0, bindings.Batch).SelectMany(sample => Enumerable.Range(0, rows).Select(row =>
            row >= bindings.LengthOf(sample, rows, hasLengths: rows == bindings.SequenceLength) ? 0 : bindings.Weights.Length > 0 ? bindings.Weights[sample] : 1))];
        // With weights of classes and class indices it is the mean by these.
        bool byClass = op.Map is { ClassWeights.Count: > 0 } && bindings.Classes is not null;
        double total = each.Select((weight, row) => byClass && weight != 0 ? weight * op.Map!.ClassWeights[bindings.Classes![row]] : weight).Sum();
        return Map(each, weight => op.Sum * weight / total);
    }

    private static double[] MatMulOf(MatMul op, double[][] x, Compiler.Ir.Shape[] shapes)
    {
        (int aWidth, int bWidth) = (shapes[0].Last, shapes[1].Last);
        int aRows = x[0].Length / aWidth;
        Func<int, int, double> a = op.Form == MatMulForm.TransposedLeft ? (i, k) => x[0][(k * aWidth) + i] : (i, k) => x[0][(i * aWidth) + k];
        Func<int, int, double> b = op.Form == MatMulForm.TransposedRight ? (k, j) => x[1][(j * bWidth) + k] : (k, j) => x[1][(k * bWidth) + j];
        (int rows, int inner) = op.Form == MatMulForm.TransposedLeft ? (aWidth, aRows) : (aRows, aWidth);
        int columns = op.Form == MatMulForm.TransposedRight ? x[1].Length / bWidth : bWidth;
        var result = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double sum = 0;
                for (int k = 0; k < inner; k++)
                {
                    sum += a(i, k) * b(k, j);
                }
                result[(i * columns) + j] = sum;
            }
        }
        return op.Form != MatMulForm.TransposedRight ? ReferenceWindows.Finish(op.Epilogue, result, x, columns)
            : op.Activation is { } activation ? Zip(result, x[2], (sum, saved) => sum * ReferenceActivations.Derivative(activation, saved)) : result;
    }

    private static Func<double, double, double> Operation(ArithmeticKind kind) => kind switch
    {
        ArithmeticKind.Add => (a, b) => a + b,
        ArithmeticKind.Subtract => (a, b) => a - b,
        ArithmeticKind.Multiply => (a, b) => a * b,
        _ => (a, b) => a / b,
    };

    private static int IndexAlong(Compiler.Ir.Shape shape, int axis, int index)
    {
        int inner = shape.Extents.Skip(axis + 1).Aggregate(1, (product, extent) => product * extent);
        return index / inner % shape.Extents[axis];
    }

    /// <summary>Where the vector of an element's sample starts: at 0 where all samples have one vector.</summary>
    private static int VectorOf(Compiler.Ir.Shape vector, Compiler.Ir.Shape whole, int index) => vector.Batched ? (int)(index / whole.Count * vector.Count) : 0;

    private static double[] SumToOf(double[] x, Compiler.Ir.Shape shape, int axis)
    {
        var sums = new double[shape.Extents[axis]];
        for (int index = 0; index < x.Length; index++)
        {
            sums[IndexAlong(shape, axis, index)] += x[index];
        }
        return sums;
    }

    private static double[] ConcatOf(double[][] parts, Compiler.Ir.Shape[] shapes, int axis, int batch)
    {
        int outer = batch * shapes[0].Extents.Take(axis).Aggregate(1, (product, extent) => product * extent);
        var result = new List<double>();
        for (int row = 0; row < outer; row++)
        {
            foreach (double[] part in parts)
            {
                int width = part.Length / outer;
                result.AddRange(part[(row * width)..((row + 1) * width)]);
            }
        }
        return [.. result];
    }

    private static double[] SliceOf(double[] x, Compiler.Ir.Shape shape, Slice slice) =>
        [.. x.Where((_, index) => IndexAlong(shape, slice.Axis, index) >= slice.Start && IndexAlong(shape, slice.Axis, index) < slice.Start + slice.Length)];

    private static double[] PermuteOf(double[] x, Compiler.Ir.Shape shape, IReadOnlyList<int> order)
    {
        int[] extents = [.. order.Select(axis => shape.Extents[axis])];
        int sample = (int)shape.Count;
        var result = new double[x.Length];
        for (int index = 0; index < x.Length; index++)
        {
            var coordinates = new int[extents.Length];
            for (int axis = extents.Length - 1, rest = index % sample; axis >= 0; rest /= extents[axis], axis--)
            {
                coordinates[order[axis]] = rest % extents[axis];
            }
            int source = 0;
            for (int axis = 0; axis < extents.Length; axis++)
            {
                source = (source * shape.Extents[axis]) + coordinates[axis];
            }
            result[index] = x[(index / sample * sample) + source];
        }
        return result;
    }

    private static double[] DropoutMask(Dropout dropout, int count, Bindings bindings)
    {
        // Which elements are dropped is the definition itself; that the fraction and independence are right is tested with the runtime.
        var mask = new float[count];
        float[] ones = [.. Enumerable.Repeat(1f, count)];
        CompilerServices.Dropout.Apply(ones, mask, dropout.Rate, bindings.Seed, bindings.Step, dropout.Stream, first: 0);
        return [.. mask.Select(value => value == 0 ? 0 : 1 / (1 - (double)dropout.Rate))];
    }

    private static double[] SoftmaxOf(double[] row)
    {
        double largest = row.Max();
        double[] powers = Map(row, value => Math.Exp(value - largest));
        double sum = powers.Sum();
        return Map(powers, power => power / sum);
    }

    private static double[] SoftmaxGradientOf(double[] y, double[] gradient, int width)
    {
        var result = new double[y.Length];
        for (int index = 0; index < y.Length; index++)
        {
            int row = index / width * width;
            double dot = 0;
            for (int j = row; j < row + width; j++)
            {
                dot += gradient[j] * y[j];
            }
            result[index] = y[index] * (gradient[index] - dot);
        }
        return result;
    }

    private static double[] CrossEntropy(double[] logits, double[] target, double[] weights, int width)
    {
        var losses = new double[weights.Length];
        for (int row = 0; row < weights.Length; row++)
        {
            if (weights[row] == 0)
            {
                continue;
            }
            double[] x = logits[(row * width)..((row + 1) * width)];
            double largest = x.Max();
            double logSum = largest + Math.Log(x.Sum(value => Math.Exp(value - largest)));
            losses[row] = -weights[row] * x.Select((value, j) => target[(row * width) + j] * (value - logSum)).Sum();
        }
        return losses;
    }

    private static double[] CrossEntropyGradient(double[] logits, double[] target, double[] weights, int width)
    {
        double[] probabilities = Rows(logits, width, SoftmaxOf);
        return [.. probabilities.Select((probability, index) =>
        {
            int row = index / width * width;
            double mass = Enumerable.Range(row, width).Sum(j => target[j]);
            return weights[index / width] * ((mass * probability) - target[index]);
        })];
    }

    private static double[] Weighted(double[] elements, double[] weights, int width) =>
        [.. elements.Select((element, index) => weights[index / width] == 0 ? 0 : weights[index / width] * element / width)];

    private static double[] Rows(double[] x, int width, Func<double[], double[]> function) =>
        [.. x.Chunk(width).SelectMany(function)];

    private static double[] Map(double[] x, Func<double, double> function) => [.. x.Select(function)];

    private static double[] Zip(double[] a, double[] b, Func<double, double, double> function) => [.. a.Zip(b, function)];
}
