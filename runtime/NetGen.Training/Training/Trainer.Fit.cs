using System.Diagnostics;
using System.Globalization;

namespace NetGen.Training;

public sealed partial class Trainer<TNetwork>
{
    /// <summary>
    /// Trains for <see cref="Epochs"/> epochs. The first training of a network (<see cref="INetwork.StepCount"/> is 0) starts by fitting its
    /// preprocessing layers to the training part; later ones keep what was fitted. The order of samples is a function of <see cref="Seed"/> and
    /// of the steps taken so far, and so are the random numbers of <see cref="Augmentation"/> and <see cref="MixUp"/>, so that training twice for 5 epochs, with the file
    /// saved and loaded in between, sees the same batches as training once for 10.
    /// An <see cref="IStateful"/> network learns consecutive samples instead: each place of the batch goes through its part of the training part in order, window by window, from states of
    /// zero at the start of each epoch. It is validated, as others are, from zero in each window.
    /// With <see cref="Checkpoints"/> whose folder has one, training goes on from there instead, to the bits that it would have come to had it never ended.
    /// </summary>
    /// <remarks>Nothing is allocated after the first epoch but by callbacks, observers, progress lines and checkpoints.</remarks>
    /// <param name="train">What is learned.</param>
    /// <param name="validation">Evaluated after each epoch, never learned; none by default.</param>
    /// <param name="progress">Where to show how far it is; nowhere by default.</param>
    /// <param name="cancellationToken">Ends the training between two steps, and leaves a checkpoint where there are <see cref="Checkpoints"/>.</param>
    /// <returns>The results of all epochs.</returns>
    /// <exception cref="ArgumentException">
    /// A data set does not fit the network, the two have different classes, or <see cref="Augmentation"/>, <see cref="MixUp"/> or <see cref="Metrics"/> do not go with them. Nothing has
    /// been changed.
    /// </exception>
    /// <exception cref="NetworkFormatException">The checkpoint is damaged, or of another network, optimizer, data set or other settings. Nothing has been changed.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read, or not be written; the one before is still there.</exception>
    /// <exception cref="InvalidOperationException">
    /// A loss, or where <see cref="NonFinite"/> looks at them a gradient, became infinite or not a number, and such batches are not skipped, or all of an epoch were; or a metric is not
    /// defined for the validation part; or the optimizer is of another network, or does not fit this one (<see cref="Optimizer.Step"/>).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the network is as the last step left it.</exception>
    public TrainingHistory Fit(
        Dataset train, Dataset? validation = null, ConsoleProgress? progress = null, CancellationToken cancellationToken = default)
    {
        Check(train, validation);
        if (OverfitOneBatch)
        {
            train = BatchSampler.FirstBatch(train, BatchSize, Seed);
        }
        if (validation is null && Metrics.Count > 0)
        {
            throw new ArgumentException($"Expected a validation part, over which the {Metrics.Count} Metrics are measured, got none.", nameof(validation));
        }
        BatchSampler sampler = new(train, BatchSize, DropLast, consecutive: Network is IStateful, Prefetch, AppliedMixUp, Network.Info.OutputSize);
        Validation? validate = validation is null ? null : new Validation(Network, validation, sampler.BatchSize, Metrics, Epochs);
        TrainingSettings settings = Describe(train, validation, sampler);
        Run run = new(this, sampler, validate, settings, new TrainingHistory(Epochs, settings), progress);
        run.Prepare(train);
        run.Train(cancellationToken);
        return run.History;
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
        if (Metrics.GroupBy(metric => metric.Name).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw new ArgumentException($"Expected metrics of different names, got {same.Key} {same.Count()} times.");
        }
        if (Metrics.Select(metric => metric.Name).FirstOrDefault(name => name.Length == 0 || name.AsSpan().IndexOfAny(",\"\r\n") >= 0) is { } odd)
        {
            throw new ArgumentException($"Expected names of metrics without commas, quotes and line breaks, which logs separate them by, got '{odd}'.");
        }
        Augmentation?.Check(Network.Info);
        if (MixUp > 0)
        {
            Training.MixUp.Check(Network.Info, train);
        }
    }

    private float AppliedMixUp => OverfitOneBatch ? 0 : MixUp;

    private TrainingSettings Describe(Dataset train, Dataset? validation, BatchSampler sampler) => new()
    {
        Network = Network.Info.Name,
        NetworkSeed = Network.Seed,
        Optimizer = OptimizerFile.Describe(Optimizer, Network),
        Schedule = Schedule?.ToString(),
        Augmentation = OverfitOneBatch ? null : Augmentation?.ToString(),
        MixUp = AppliedMixUp,
        Epochs = Epochs,
        BatchSize = sampler.BatchSize,
        BatchesPerEpoch = sampler.BatchesPerEpoch,
        Seed = Seed,
        TrainingSamples = train.Count,
        ValidationSamples = validation?.Count,
        Metrics = string.Join(", ", Metrics.Select(metric => metric.Name)),
        Data = train,
    };

    /// <summary>One call of <see cref="Fit"/>.</summary>
    private sealed class Run(Trainer<TNetwork> trainer, BatchSampler sampler, Validation? validate, TrainingSettings settings, TrainingHistory history, ConsoleProgress? progress)
    {
        private readonly TNetwork _network = trainer.Network;
        private readonly TrainingPosition _position = new();
        private readonly BestEpoch? _best = trainer.EarlyStopping is { } stopping ? new BestEpoch(stopping, trainer.Network) : null;
        private readonly CheckpointWriter? _checkpoints = trainer.Checkpoints is { } checkpoints ? new CheckpointWriter(checkpoints, settings, trainer.Clock) : null;
        private readonly StepGuard? _guard = trainer.NonFinite != NonFinitePolicy.Stop ? new StepGuard(trainer.Network) : null;
        private readonly IAugmentation? _augmentation = trainer.OverfitOneBatch ? null : trainer.Augmentation;
        private TrainingContext _context = null!;
        private TrainingPace _pace = null!;

        public TrainingHistory History => history;

        /// <summary>Goes back to the folder's checkpoint, or starts: fits preprocessing, and writes the first one.</summary>
        public void Prepare(Dataset train)
        {
            _network.Reserve(sampler.BatchSize);
            bool resumed = _checkpoints?.TryResume(_network, trainer.Optimizer, trainer.Schedule, _position, history, _best) ?? false;
            if (!resumed)
            {
                trainer.Schedule?.Begin();
                if (_network.StepCount == 0)
                {
                    _network.FitPreprocessing(train.Features);
                }
                _position.FirstOrder = _network.StepCount / sampler.BatchesPerEpoch;
                _position.BaseRate = trainer.Optimizer.LearningRate;
            }
            _context = new TrainingContext(_network, trainer.Optimizer, history, resumed);
            _pace = new TrainingPace(trainer.Optimizer, trainer.Schedule, (long)trainer.Epochs * sampler.BatchesPerEpoch, trainer.TimeLimit, trainer.Clock, _position);
            if (!resumed)
            {
                _checkpoints?.Write(_network, trainer.Optimizer, trainer.Schedule, _position, history, _best);
            }
        }

        public void Train(CancellationToken cancellationToken)
        {
            progress?.Begin(trainer.Epochs, sampler.BatchesPerEpoch, trainer.TimeLimit, TimeSpan.FromSeconds(_position.Seconds));
            try
            {
                for (int i = 0; i < trainer.Observers.Count; i++)
                {
                    trainer.Observers[i].Begin(_context);
                }
                while (_position.Epoch <= trainer.Epochs && !_position.IsStopped && !_pace.IsTimeUp)
                {
                    TrainEpoch(cancellationToken);
                    EndEpoch();
                }
                Save(force: true);
                _best?.Restore(_network);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Save(force: true);
                throw;
            }
            finally
            {
                _pace.End();
                progress?.End();
                for (int i = 0; i < trainer.Observers.Count; i++)
                {
                    trainer.Observers[i].End(_context);
                }
            }
        }

        private void TrainEpoch(CancellationToken cancellationToken)
        {
            if (_position.Batch == 0)
            {
                (_network as IStateful)?.ResetStates();
                _position.Mean = new WeightedMean(_network.Info);
                _position.Samples = 0;
                _position.EpochSeconds = 0;
            }
            long start = Stopwatch.GetTimestamp();
            double before = _position.EpochSeconds;
            BatchSampler.Changes changes = new(_augmentation, _network.Info, trainer.Seed, FirstStep: _network.StepCount - _position.Batch);
            foreach (Batch batch in sampler.Epoch(trainer.Seed, _position.FirstOrder + _position.Epoch - 1, changes, first: _position.Batch))
            {
                cancellationToken.ThrowIfCancellationRequested();
                _pace.BeginStep();
                float loss = Step(batch);
                _position.Batch++;
                _position.Samples += batch.Count;
                _position.EpochSeconds = before + Stopwatch.GetElapsedTime(start).TotalSeconds;
                progress?.ShowBatch(_position.Epoch, _position.Batch, _position.Mean.Value);
                for (int i = 0; i < trainer.Observers.Count; i++)
                {
                    trainer.Observers[i].Step(new StepResult(_position.Epoch, _position.Batch, _network.StepCount, loss, trainer.Optimizer.LearningRate), _context);
                }
                if (_pace.IsTimeUp)
                {
                    break;
                }
                Save(force: false);
            }
        }

        /// <returns>The loss; not a number where the batch was skipped.</returns>
        private float Step(in Batch batch)
        {
            if (_guard is null)
            {
                float loss = _network.TrainStep(batch, trainer.Optimizer);
                if (float.IsFinite(loss))
                {
                    return Learned(loss, batch);
                }
                // The parameters are spoilt by now; the batch is not.
                NumericFinding? cause = NumericGuard.Find(_network, batch);
                throw NonFinite(loss, cause is { Place: NumericPlace.Input or NumericPlace.Target } ? cause : null);
            }
            if (_guard.TryStep(batch, trainer.Optimizer, out float guarded))
            {
                return Learned(guarded, batch);
            }
            if (trainer.NonFinite == NonFinitePolicy.Locate)
            {
                throw NonFinite(guarded, NumericGuard.Find(_network, batch));
            }
            _network.StepCount++;
            _position.Skipped++;
            return float.NaN;
        }

        private float Learned(float loss, in Batch batch)
        {
            _position.Mean.Add(loss, batch);
            return loss;
        }

        private InvalidOperationException NonFinite(float loss, NumericFinding? cause)
        {
            string what = float.IsFinite(loss) ? "A gradient became infinite or not a number" : string.Create(CultureInfo.InvariantCulture, $"The loss became {loss}");
            string advice = trainer.NonFinite == NonFinitePolicy.Locate
                ? "The network is as the step before left it: try"
                : "Create the network anew and try";
            return new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"{what} in epoch {_position.Epoch}, batch {_position.Batch + 1} of {sampler.BatchesPerEpoch}{(cause is null ? "" : $": {cause}")}. "
                + $"{advice} a smaller learning rate (now {trainer.Optimizer.LearningRate}), or features of a smaller scale ([Standardize] after [Input])."
                + $"{(trainer.NonFinite == NonFinitePolicy.Stop ? " NonFinitePolicy.Locate names the layer." : "")}"
                + $"{(trainer.Checkpoints is { } kept ? $" Delete '{kept.Folder}' first, or take another folder: its checkpoint goes on with the old rate only." : "")}"));
        }

        private void EndEpoch()
        {
            if (_position.Mean.IsEmpty)
            {
                throw new InvalidOperationException(
                    $"All {_position.Batch} batches of epoch {_position.Epoch} were skipped, because their losses or gradients were infinite "
                    + "or not a number. Look for such numbers in the data, or try a smaller learning rate.");
            }
            long start = Stopwatch.GetTimestamp();
            (double Loss, double? Accuracy, MetricValues Metrics)? validated = validate?.Run(_position.Epoch);
            EpochResult result = new()
            {
                Epoch = _position.Epoch,
                TrainingLoss = _position.Mean.Value,
                ValidationLoss = validated?.Loss,
                ValidationAccuracy = validated?.Accuracy,
                Metrics = validated?.Metrics ?? default,
                LearningRate = trainer.Optimizer.LearningRate,
                Step = _network.StepCount,
                SkippedBatches = _position.Skipped,
                Seconds = _position.EpochSeconds + Stopwatch.GetElapsedTime(start).TotalSeconds,
                SamplesPerSecond = _position.Samples / _position.EpochSeconds,
            };
            history.Add(result);
            trainer.Schedule?.EndEpoch(result);
            _position.Epoch++;
            _position.Batch = 0;
            _position.Skipped = 0;
            double score = trainer.Score(result);
            _position.IsStopped = _best?.Add(result.Epoch, score, _network) ?? false;
            _checkpoints?.KeepIfGood(result.Epoch, score, _network, _position);
            progress?.ShowEpoch(result);
            for (int i = 0; i < trainer.Observers.Count; i++)
            {
                trainer.Observers[i].Epoch(result, _context);
            }
            for (int i = 0; i < trainer.Callbacks.Count; i++)
            {
                trainer.Callbacks[i](result, _context);
            }
            _position.IsStopped |= _context.IsStopped;
            Save(force: false);
        }

        private void Save(bool force)
        {
            if (_checkpoints is null || (!force && !_checkpoints.IsDue(_position, _network.StepCount)) || _checkpoints.HasWritten(_position))
            {
                return;
            }
            // What cannot be trained does not replace what can.
            if (!StepGuard.AllFinite(_network.Parameters) || !StepGuard.AllFinite(_network.State))
            {
                return;
            }
            _position.Seconds = _pace.Elapsed.TotalSeconds;
            _checkpoints.Write(_network, trainer.Optimizer, trainer.Schedule, _position, history, _best);
        }
    }
}
