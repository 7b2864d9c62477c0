namespace NetGen.Training;

/// <summary>The best epoch so far, with what the network was then.</summary>
internal sealed class BestEpoch
{
    private readonly EarlyStopping _stopping;
    private readonly float[] _parameters;
    private readonly float[] _state;

    public BestEpoch(EarlyStopping stopping, ITrainable network)
    {
        _stopping = stopping;
        _parameters = new float[stopping.RestoreBest ? network.Parameters.Length : 0];
        _state = new float[stopping.RestoreBest ? network.State.Length : 0];
    }

    /// <summary>Which it is, from 1; 0 before the first.</summary>
    public int Epoch { get; set; }

    /// <summary>How good it was.</summary>
    public double Score { get; set; }

    /// <summary>Whether the network is remembered.</summary>
    public bool HasNetwork => Epoch > 0 && _stopping.RestoreBest;

    /// <summary>Its parameters, where the network is remembered.</summary>
    public Span<float> Parameters => _parameters;

    /// <summary>Its state.</summary>
    public Span<float> State => _state;

    /// <summary>Looks at an epoch that has ended.</summary>
    /// <returns>Whether training should end.</returns>
    public bool Add(int epoch, double score, ITrainable network)
    {
        // Not a number is never better, and anything is better than it.
        if (Epoch == 0 || score < Score - _stopping.LeastGain || (double.IsNaN(Score) && !double.IsNaN(score)))
        {
            (Epoch, Score) = (epoch, score);
            if (_stopping.RestoreBest)
            {
                network.Parameters.CopyTo(_parameters);
                network.State.CopyTo(_state);
            }
        }
        return epoch - Epoch >= _stopping.Patience;
    }

    /// <summary>Gives the network back what it was.</summary>
    public void Restore(ITrainable network)
    {
        if (HasNetwork)
        {
            _parameters.CopyTo(network.Parameters);
            _state.CopyTo(network.State);
        }
    }
}
