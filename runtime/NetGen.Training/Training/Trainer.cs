using System.Diagnostics;
using System.Globalization;

namespace NetGen.Training;

/// <summary>Trains a network on a data set, epoch by epoch.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
/// <param name="network">What is trained.</param>
/// <param name="optimizer">How its parameters change.</param>
/// <example><code>
/// var trainer = new Trainer&lt;DigitNet&gt;(net, new Adam(learningRate: 1e-3f)) { Epochs = 20, BatchSize = 64 };
/// trainer.Fit(train, validation, ConsoleProgress.Auto);
/// </code></example>
public sealed class Trainer<TNetwork>(TNetwork network, Optimizer optimizer)
    where TNetwork : ITrainable
{
    /// <summary>What is trained.</summary>
    public TNetwork Network { get; } = network ?? throw new ArgumentNullException(nameof(network));

    /// <summary>How its parameters change.</summary>
    public Optimizer Optimizer { get; } = optimizer ?? throw new ArgumentNullException(nameof(optimizer));

    /// <summary>How often <see cref="Fit"/> goes through the training part; 10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Epochs { get; init => field = AtLeastOne(value, nameof(Epochs)); } = 10;

    /// <summary>Samples in one step; 32 by default. The last batch of an epoch may be smaller, but for an <see cref="IStateful"/> network, which leaves it out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int BatchSize { get; init => field = AtLeastOne(value, nameof(BatchSize)); } = 32;

    /// <summary>Decides the order of samples; 0 by default.</summary>
    public long Seed { get; init; }

    /// <summary>Whether to leave out the last batch of an epoch when it is smaller; false by default.</summary>
    public bool DropLast { get; init; }

    /// <summary>
    /// When to end though epochs are left, counted from the first step; null, the default, for never. The epoch that is then cut short counts the
    /// batches it had. A <see cref="Schedule"/> comes to its end by then; which steps are made depends on the machine's speed, and so do the results.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public TimeSpan? TimeLimit
    {
        get;
        init
        {
            if (value <= TimeSpan.Zero)
            {
                throw new ArgumentOutOfRangeException(nameof(TimeLimit), value, $"TimeLimit: expected a time above 0, got {value}.");
            }
            field = value;
        }
    }

    /// <summary>
    /// How the learning rate changes from step to step; null, the default, leaves it as it is. It spans one call of <see cref="Fit"/>.
    /// </summary>
    public Schedule? Schedule { get; init; }

    /// <summary>
    /// How each sample is changed before it is learned; null, the default, for not at all. <see cref="Seed"/> decides its random numbers.
    /// </summary>
    public IAugmentation? Augmentation { get; init; }

    /// <summary>Called after each epoch, in order.</summary>
    public IList<EpochCallback> Callbacks { get; } = [];

    /// <summary>Measures <see cref="TimeLimit"/>.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Trains for <see cref="Epochs"/> epochs. The first training of a network (<see cref="INetwork.StepCount"/> is 0) starts by fitting its
    /// preprocessing layers to the training part; later ones keep what was fitted. The order of samples is a function of <see cref="Seed"/> and
    /// of the steps taken so far, and so are the random numbers of <see cref="Augmentation"/>, so that training twice for 5 epochs, with the file
    /// saved and loaded in between, sees the same batches as training once for 10.
    /// An <see cref="IStateful"/> network learns consecutive samples instead: each place of the batch goes through its part of the training part in order, window by window, from states of
    /// zero at the start of each epoch. It is validated, as others are, from zero in each window.
    /// </summary>
    /// <remarks>Nothing is allocated after the first epoch but by callbacks and progress lines.</remarks>
    /// <param name="train">What is learned.</param>
    /// <param name="validation">Evaluated after each epoch, never learned; none by default.</param>
    /// <param name="progress">Where to show how far it is; nowhere by default.</param>
    /// <param name="cancellationToken">Ends the training between two steps.</param>
    /// <returns>The results of all epochs.</returns>
    /// <exception cref="ArgumentException">
    /// A data set does not fit the network, or the two have different classes. Nothing has been changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">The loss became infinite or not a number; the parameters are of no more use.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the network is as the last step left it.</exception>
    public TrainingHistory Fit(
        Dataset train, Dataset? validation = null, ConsoleProgress? progress = null, CancellationToken cancellationToken = default)
    {
        Check(train, validation);
        BatchSampler sampler = new(train, BatchSize, DropLast, consecutive: Network is IStateful);
        Validation? validate = validation is null ? null : new Validation(Network, validation, sampler.BatchSize);
        TrainingHistory history = new(Epochs);
        TrainingContext context = new(history);
        if (Network.StepCount == 0)
        {
            Network.FitPreprocessing(train.Features);
        }
        Network.Reserve(sampler.BatchSize);

        long epochsBefore = Network.StepCount / sampler.BatchesPerEpoch;
        progress?.Begin(Epochs, sampler.BatchesPerEpoch, TimeLimit);
        TrainingPace pace = new(Optimizer, Schedule, (long)Epochs * sampler.BatchesPerEpoch, TimeLimit, Clock);
        try
        {
            for (int epoch = 1; epoch <= Epochs && !context.IsStopped && !pace.IsTimeUp; epoch++)
            {
                long start = Stopwatch.GetTimestamp();
                (double trainingLoss, long samples) = TrainEpoch(sampler, pace, epoch, epochsBefore + epoch - 1, progress, cancellationToken);
                double trainingSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                (double Loss, double? Accuracy)? validated = validate?.Run();
                EpochResult result = new()
                {
                    Epoch = epoch,
                    TrainingLoss = trainingLoss,
                    ValidationLoss = validated?.Loss,
                    ValidationAccuracy = validated?.Accuracy,
                    Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
                    SamplesPerSecond = samples / trainingSeconds,
                };
                history.Add(result);
                Schedule?.EndEpoch(result);
                progress?.ShowEpoch(result);
                for (int i = 0; i < Callbacks.Count; i++)
                {
                    Callbacks[i](result, context);
                }
            }
        }
        finally
        {
            pace.End();
            progress?.End();
        }
        return history;
    }

    private (double Loss, long Samples) TrainEpoch(
        BatchSampler sampler, TrainingPace pace, int epoch, long order, ConsoleProgress? progress, CancellationToken cancellationToken)
    {
        (Network as IStateful)?.ResetStates();
        WeightedMean mean = new(Network.Info);
        int index = 0;
        long samples = 0;
        foreach (Batch batch in sampler.Epoch(Seed, order))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Augmentation is not null)
            {
                sampler.Augment(batch, Augmentation, Network.Info, Seed, Network.StepCount);
            }
            pace.BeginStep();
            float loss = Network.TrainStep(batch, Optimizer);
            index++;
            samples += batch.Count;
            if (!float.IsFinite(loss))
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                    $"The loss became {loss} in epoch {epoch}, batch {index} of {sampler.BatchesPerEpoch}. "
                    + $"Create the network anew and try a smaller learning rate (now {Optimizer.LearningRate}), "
                    + $"or features of a smaller scale ([Standardize] after [Input])."));
            }
            mean.Add(loss, batch);
            progress?.ShowBatch(epoch, index, mean.Value);
            if (pace.IsTimeUp)
            {
                break;
            }
        }
        return (mean.Value, samples);
    }

    private void Check(Dataset train, Dataset? validation)
    {
        ArgumentNullException.ThrowIfNull(train);
        DataFit.CheckTraining(Network.Info, train, nameof(train));
        if (validation is not null)
        {
            DataFit.CheckTraining(Network.Info, validation, nameof(validation));
            DataFit.CheckSameClasses(train, validation, nameof(validation));
        }
        Augmentation?.Check(Network.Info);
    }

    private static int AtLeastOne(int value, string property)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, property);
        return value;
    }
}
