namespace NetGen.Training;

/// <summary>Where a training stands between two steps: what a checkpoint holds beside the network and the optimizer.</summary>
internal sealed class TrainingPosition
{
    /// <summary>The epoch that is going on, from 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>Batches of it that are done, skipped ones included.</summary>
    public int Batch { get; set; }

    /// <summary>Batches of it that were skipped.</summary>
    public int Skipped { get; set; }

    /// <summary>Samples of it that were learned.</summary>
    public long Samples { get; set; }

    /// <summary>The mean of its losses so far.</summary>
    public WeightedMean Mean;

    /// <summary>How long it has taken.</summary>
    public double EpochSeconds { get; set; }

    /// <summary>How long training had taken when this was saved.</summary>
    public double Seconds { get; set; }

    /// <summary>The order of samples in the first epoch; each later one has the next.</summary>
    public long FirstOrder { get; set; }

    /// <summary>Steps of this training.</summary>
    public long Step { get; set; }

    /// <summary>The learning rate of which a schedule gives a factor.</summary>
    public float BaseRate { get; set; }

    /// <summary>Whether it has been stopped early.</summary>
    public bool IsStopped { get; set; }

    /// <summary>The epochs whose networks are kept, the best first.</summary>
    public List<KeptEpoch> Kept { get; set; } = [];

    /// <summary>Becomes a copy of another, but for the mean.</summary>
    public void CopyFrom(TrainingPosition other)
    {
        Epoch = other.Epoch;
        Batch = other.Batch;
        Skipped = other.Skipped;
        Samples = other.Samples;
        EpochSeconds = other.EpochSeconds;
        Seconds = other.Seconds;
        FirstOrder = other.FirstOrder;
        Step = other.Step;
        BaseRate = other.BaseRate;
        IsStopped = other.IsStopped;
        Kept = other.Kept;
    }
}

/// <summary>An epoch whose network is kept, and how good it was.</summary>
internal readonly record struct KeptEpoch(int Epoch, double Score);
