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

    public static double[] Fold(FoldedNorm op, double[][] x)
    {
        double[] scale = [.. x[0].Select((weight, channel) => weight / Math.Sqrt(x[3][channel] + op.Epsilon))];
        return [.. scale, .. scale.Select((factor, channel) => x[1][channel] + (((x.Length == 5 ? x[4][channel] : 0) - x[2][channel]) * factor))];
    }

    private static double Normalized(double value, double[] moments, int channel) => (value - moments[channel]) * moments[(2 * moments.Length / 3) + channel];

    private static double Deviations(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }

    private static double[][] Columns(double[] values, int width) => [.. Enumerable.Range(0, width).Select(column => values.Where((_, index) => index % width == column).ToArray())];
}
