namespace NetGen.Training;

/// <summary>
/// Looks for a learning rate: takes some steps whose rate grows from very small to too large and notes the loss of each. Smith, "Cyclical learning
/// rates for training neural networks" (2017).
/// </summary>
public static class LearningRateFinder
{
    /// <summary>How much of the losses before counts in the smoothed one.</summary>
    private const double Kept = 0.9;

    /// <summary>The search ends where the smoothed loss is this many times the best.</summary>
    private const double Diverged = 4;

    /// <summary>
    /// Takes the steps, each with a batch of its own, and leaves the network as it was: parameters, state and <see cref="INetwork.StepCount"/>. A
    /// network that has taken no step fits its preprocessing for the time.
    /// </summary>
    /// <param name="network">What is to be trained.</param>
    /// <param name="train">What it is to learn.</param>
    /// <param name="optimizer">A new one with the settings of the training's; what it remembers afterwards is of no use for that.</param>
    /// <param name="least">The rate of the first step, above 0.</param>
    /// <param name="most">The rate of the last step, above <paramref name="least"/>.</param>
    /// <param name="steps">At least 10; there are fewer where the loss explodes.</param>
    /// <param name="batchSize">Samples in one step, as in the training.</param>
    /// <param name="seed">Decides the order of samples.</param>
    /// <exception cref="ArgumentException">The data set does not fit the network. Nothing has been changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="InvalidOperationException">The loss is no finite number from the start.</exception>
    /// <example><code>
    /// LearningRateCurve curve = LearningRateFinder.Run(net, train, new Adam());
    /// curve.Save("rates.svg");
    /// var trainer = new Trainer&lt;DigitNet&gt;(net, new Adam(curve.Suggested));
    /// </code></example>
    public static LearningRateCurve Run(
        ITrainable network, Dataset train, Optimizer optimizer, float least = 1e-6f, float most = 1, int steps = 100, int batchSize = 32, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (!(least > 0 && most > least && float.IsFinite(most)))
        {
            throw new ArgumentOutOfRangeException(nameof(least), FormattableString.Invariant($"Expected rates above 0, the first below the last, got {least} and {most}."));
        }
        DataFit.CheckTraining(network.Info, train, nameof(train));

        (float[] parameters, float[] state, long stepCount, float rate) = (network.Parameters.ToArray(), network.State.ToArray(), network.StepCount, optimizer.LearningRate);
        try
        {
            if (network.StepCount == 0)
            {
                network.FitPreprocessing(train.Features);
            }
            return Run(network, new BatchSampler(train, batchSize, consecutive: network is IStateful), optimizer, least, most, steps, seed);
        }
        finally
        {
            parameters.CopyTo(network.Parameters);
            state.CopyTo(network.State);
            network.StepCount = stepCount;
            (network as IStateful)?.ResetStates();
            optimizer.LearningRate = rate;
        }
    }

    private static LearningRateCurve Run(ITrainable network, BatchSampler sampler, Optimizer optimizer, double least, double most, int steps, long seed)
    {
        List<LearningRatePoint> points = [];
        network.Reserve(sampler.BatchSize);
        double mean = 0, best = double.PositiveInfinity;
        for (long epoch = 0; ; epoch++)
        {
            (network as IStateful)?.ResetStates();
            foreach (Batch batch in sampler.Epoch(seed, epoch))
            {
                optimizer.LearningRate = (float)(least * Math.Pow(most / least, points.Count / (steps - 1.0)));
                float loss = network.TrainStep(batch, optimizer);
                mean = (Kept * mean) + ((1 - Kept) * loss);
                // Corrected for the start at 0, as Adam's means are.
                double smoothed = mean / (1 - Math.Pow(Kept, points.Count + 1));
                if (points.Count == 0 && !float.IsFinite(loss))
                {
                    throw new InvalidOperationException(FormattableString.Invariant(
                        $"The loss of {network.Info.Name} is {loss} before any step. Look for numbers in the data set that are not finite or very large."));
                }
                if (!double.IsFinite(smoothed) || smoothed > Diverged * Math.Abs(best))
                {
                    return new(points);
                }
                points.Add(new(optimizer.LearningRate, loss, smoothed));
                best = Math.Min(best, smoothed);
                if (points.Count == steps)
                {
                    return new(points);
                }
            }
        }
    }
}
