using NetGen.Compiler.Ops;

namespace NetGen.Truth;

/// <summary>Normalisation by its textbook definition, in double precision. Values are channels last.</summary>
internal static class ReferenceNorms
{
    /// <summary>Mean and sum of squared deviations of each sample's channels.</summary>
    public static double[] SampleMoments(double[] x, int channels, int batch) => [.. x.Chunk(x.Length / batch).SelectMany(sample =>
    {
        double[][] values = Columns(sample, channels);
        return values.Select(column => column.Average()).Concat(values.Select(Deviations));
    })];

    /// <summary>Mean, biased variance and 1 / sqrt(variance + epsilon) of each channel over the batch.</summary>
    public static double[] BatchMoments(double[] samples, int channels, BatchMoments op)
    {
        double[][] columns = Columns(samples, op.Pixels == 1 ? channels : 2 * channels);
        double[] means = [.. columns.Take(channels).Select(column => column.Average())];
        double[] variances = [.. Enumerable.Range(0, channels).Select(channel =>
        {
            double within = op.Pixels == 1 ? 0 : columns[channels + channel].Sum();
            return ((op.Pixels * Deviations(columns[channel])) + within) / (op.Pixels * columns[channel].Length);
        })];
        return [.. means, .. variances, .. variances.Select(variance => 1 / Math.Sqrt(variance + op.Epsilon))];
    }

    public static double[] Normalize(double[] x, double[] moments, double[] weight, double[] bias) =>
        [.. x.Select((value, index) => (weight[index % weight.Length] * Normalized(value, moments, index % weight.Length)) + bias[index % weight.Length])];

    public static double[] Update(UpdateRunning op, double[] running, double[] moments, int count)
    {
        bool isMean = op.Statistic == RunningStatistic.Mean;
        double factor = isMean ? 1 : count / (count - 1.0);
        return count == 1 && !isMean ? running
            : [.. running.Select((value, channel) => ((1 - op.Momentum) * value) + (op.Momentum * factor * moments[(isMean ? 0 : running.Length) + channel]))];
    }

    /// <summary>Of each sample and channel the sums of the gradient, and of its products with the normalised value.</summary>
    public static double[] GradientSums(double[] x, double[] moments, double[] gradient, int channels, int batch)
    {
        var sums = new double[batch * 2 * channels];
        int perSample = x.Length / batch;
        for (int index = 0; index < x.Length; index++)
        {
            (int sample, int channel) = (index / perSample, index % channels);
            int set = moments.Length == 3 * channels ? 0 : sample * 3 * channels;
            sums[(sample * 2 * channels) + channel] += gradient[index];
            sums[(((sample * 2) + 1) * channels) + channel] += gradient[index] * Normalized(x[index], moments[set..(set + (3 * channels))], channel);
        }
        return sums;
    }

    public static double[] BatchInputGradient(double[] gradient, double[] x, double[] moments, double[] weight, double[] sums)
    {
        int channels = weight.Length;
        double count = x.Length / channels;
        return [.. gradient.Select((g, index) =>
        {
            int channel = index % channels;
            double mean = (sums[channel] + (sums[channels + channel] * Normalized(x[index], moments, channel))) / count;
            return weight[channel] * moments[(2 * channels) + channel] * (g - mean);
        })];
    }

    /// <summary>Mean, variance and 1 / sqrt(variance + epsilon) of each sample's groups, for each channel.</summary>
    public static double[] GroupMoments(double[] samples, int channels, GroupMoments op) => [.. samples.Chunk(2 * channels).SelectMany(sample =>
    {
        int width = channels / op.Groups;
        (double Mean, double Variance)[] groups = [.. Enumerable.Range(0, op.Groups).Select(group =>
        {
            double[] means = sample[(group * width)..((group + 1) * width)];
            double within = sample[(channels + (group * width))..(channels + ((group + 1) * width))].Sum();
            return (means.Average(), (within + (op.Pixels * Deviations(means))) / (op.Pixels * width));
        })];
        IEnumerable<int> groupOf = Enumerable.Range(0, channels).Select(channel => channel / width);
        return groupOf.Select(group => groups[group].Mean).Concat(groupOf.Select(group => groups[group].Variance))
            .Concat(groupOf.Select(group => 1 / Math.Sqrt(groups[group].Variance + op.Epsilon)));
    })];

    public static double[] NormalizeGroups(double[][] x, int channels, int batch) => [.. x[0].Chunk(x[0].Length / batch).SelectMany((sample, index) =>
    {
        double[] ones = [.. Enumerable.Repeat(1.0, channels)];
        return Normalize(sample, x[1][(index * 3 * channels)..((index + 1) * 3 * channels)], x.Length == 2 ? ones : x[2], x.Length == 2 ? new double[channels] : x[3]);
    })];

    /// <summary>Operands: gradient, x, moments, sums and perhaps a weight.</summary>
    public static double[] GroupInputGradient(GroupNormalizeInputGradient op, double[][] x, int channels, int batch)
    {
        (int perSample, int width) = (x[0].Length / batch, channels / op.Groups);
        double count = perSample / op.Groups;
        return [.. x[0].Select((g, index) =>
        {
            (int sample, int channel) = (index / perSample, index % channels);
            double[] moments = x[2][(sample * 3 * channels)..((sample + 1) * 3 * channels)];
            double[] sums = x[3][(sample * 2 * channels)..((sample + 1) * 2 * channels)];
            double OverGroup(int which) => Enumerable.Range(channel / width * width, width).Sum(other => Weight(other) * sums[(which * channels) + other]);
            double mean = (OverGroup(0) + (OverGroup(1) * Normalized(x[1][index], moments, channel))) / count;
            return moments[(2 * channels) + channel] * ((Weight(channel) * g) - mean);
        })];

        double Weight(int channel) => x.Length == 5 ? x[4][channel] : 1;
    }

    public static double[] RowMoments(RowMoments op, double[] row)
    {
        double mean = op.Centred ? row.Average() : 0;
        return [mean, 1 / Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + op.Epsilon)];
    }

    /// <summary>Operands: x, moments, weight and perhaps a bias.</summary>
    public static double[] NormalizeRows(double[][] x) =>
        [.. x[0].Select((value, index) => (x[2][index % x[2].Length] * OfRow(value, x[1], index / x[2].Length)) + (x.Length == 4 ? x[3][index % x[2].Length] : 0))];

    /// <summary>Operands: gradient, x, moments and weight.</summary>
    public static double[] RowInputGradient(bool centred, double[][] x)
    {
        int width = x[3].Length;
        return [.. x[0].Chunk(width).SelectMany((row, r) =>
        {
            double[] g = [.. row.Select((value, j) => value * x[3][j])];
            double[] normalized = [.. x[1][(r * width)..((r + 1) * width)].Select(value => OfRow(value, x[2], r))];
            double mean = centred ? g.Average() : 0;
            double product = g.Zip(normalized, (a, b) => a * b).Average();
            return g.Select((value, j) => x[2][(2 * r) + 1] * (value - mean - (normalized[j] * product)));
        })];
    }

    /// <summary>Operands: gradient, x and moments.</summary>
    public static double[] RowWeightGradient(double[][] x, int width)
    {
        var sums = new double[width];
        for (int index = 0; index < x[0].Length; index++)
        {
            sums[index % width] += x[0][index] * OfRow(x[1][index], x[2], index / width);
        }
        return sums;
    }

    public static double[] Fold(FoldedNorm op, double[][] x)
    {
        double[] scale = [.. x[0].Select((weight, channel) => weight / Math.Sqrt(x[3][channel] + op.Epsilon))];
        return [.. scale, .. scale.Select((factor, channel) => x[1][channel] + (((x.Length == 5 ? x[4][channel] : 0) - x[2][channel]) * factor))];
    }

    private static double Normalized(double value, double[] moments, int channel) => (value - moments[channel]) * moments[(2 * moments.Length / 3) + channel];

    private static double OfRow(double value, double[] moments, int row) => (value - moments[2 * row]) * moments[(2 * row) + 1];

    private static double Deviations(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }

    private static double[][] Columns(double[] values, int width) => [.. Enumerable.Range(0, width).Select(column => values.Where((_, index) => index % width == column).ToArray())];
}
