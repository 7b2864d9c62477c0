using System.Numerics;

namespace NetGen.Training;

/// <summary>Checks that the record of a checkpoint is one that a training with these settings writes: what is damaged, or made up, is refused before anything is changed.</summary>
internal static class RecordCheck
{
    /// <summary>More steps than anybody takes, and as many as a number of JSON counts exactly.</summary>
    private const long MostSteps = 1L << 53;

    /// <summary>Longer than any training, and within what a <see cref="TimeSpan"/> holds.</summary>
    private const double MostSeconds = 1e11;

    /// <exception cref="NetworkFormatException">A number is none that a training has.</exception>
    public static void Check(CheckpointRecord record, TrainingSettings settings, string path)
    {
        TrainingPosition position = record.Position;
        int done = record.History.Length;
        Expect(done <= settings.Epochs, $"results of at most {settings.Epochs} epochs", done);
        for (int i = 0; i < done; i++)
        {
            Expect(record.History[i].Epoch == i + 1, $"the results of epoch {i + 1}", record.History[i].Epoch);
            string metrics = string.Join(", ", record.History[i].Metrics.Names);
            Expect(metrics == settings.Metrics, $"the metrics '{settings.Metrics}' in epoch {i + 1}", $"'{metrics}'");
        }
        Between(position.Epoch, done + 1, done + 1, "epoch");
        Between(position.Batch, 0, settings.BatchesPerEpoch, "batches");
        Between(position.Skipped, 0, position.Batch, "skipped batches");
        Between(position.Samples, 0, (long)settings.BatchesPerEpoch * settings.BatchSize, "samples");
        // An epoch that a limit of time cut short has fewer steps.
        Between(position.Step, position.Batch, ((long)done * settings.BatchesPerEpoch) + position.Batch, "steps of the training");
        Between(record.StepCount, position.Step, MostSteps, "steps of the network");
        Between(position.FirstOrder, 0, MostSteps, "order of samples");
        Between(record.BestEpoch, 0, done, "best epoch");
        foreach (KeptEpoch kept in position.Kept)
        {
            Between(kept.Epoch, 1, done, "kept epoch");
        }
        Between(record.LearningRate, 0, float.MaxValue, "learning rate");
        Between(position.BaseRate, 0, float.MaxValue, "learning rate");
        Between(position.EpochSeconds, 0, MostSeconds, "seconds");
        Between(position.Seconds, 0, MostSeconds, "seconds");
        Between(record.LossSum, double.MinValue, double.MaxValue, "sum of losses");
        Between(record.LossWeight, 0, double.MaxValue, "weight of losses");

        void Between<T>(T value, T least, T most, string what)
            where T : struct, IComparable<T>, IComparisonOperators<T, T, bool>
        {
            // Not a number is between none.
            Expect(value >= least && value <= most, least == most ? FormattableString.Invariant($"{what} {least}") : FormattableString.Invariant($"{what} from {least} to {most}"), value);
        }

        void Expect<T>(bool condition, string expected, T found)
        {
            if (!condition)
            {
                throw NetworkFormatException.Create(path, null, expected, FormattableString.Invariant($"{found}"), SafetensorsHeader.Damaged);
            }
        }
    }

    /// <summary>Checks that a schedule goes on from what it remembered; it remembers afterwards what it did before.</summary>
    /// <exception cref="NetworkFormatException">Its state is of another length, or gives no learning rate.</exception>
    public static void CheckSchedule(CheckpointRecord record, TrainingSettings settings, Schedule? schedule, string path)
    {
        Span<double> state = schedule is null ? [] : schedule.State;
        if (record.ScheduleState.Length != state.Length)
        {
            throw NetworkFormatException.Create(
                path, null, FormattableString.Invariant($"{state.Length} numbers of the schedule"), FormattableString.Invariant($"{record.ScheduleState.Length}"), SafetensorsHeader.Damaged);
        }
        if (schedule is null)
        {
            return;
        }
        double[] before = state.ToArray();
        record.ScheduleState.CopyTo(state);
        // After the last step there is no other to ask about.
        long steps = (long)settings.Epochs * settings.BatchesPerEpoch;
        long step = Math.Min(record.Position.Step, steps - 1);
        double factor;
        try
        {
            factor = schedule.Factor(new TrainingProgress(step, steps, (double)step / steps));
        }
        finally
        {
            before.CopyTo(state);
        }
        if (!(factor >= 0 && float.IsFinite((float)(record.Position.BaseRate * factor))))
        {
            throw NetworkFormatException.Create(
                path, null, "a state of the schedule that gives a learning rate", FormattableString.Invariant($"a factor of {factor}"), SafetensorsHeader.Damaged);
        }
    }
}
