using System.Runtime.CompilerServices;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>Changes a network's parameters along their gradients. What it remembers between steps belongs to one network.</summary>
public abstract partial class Optimizer
{
    private ITrainable? _network;
    private ParameterRuns? _runs;
    private AlignedBuffer[] _memories = [];

    /// <summary>Creates an optimizer.</summary>
    /// <param name="learningRate">Finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is out of range.</exception>
    protected Optimizer(float learningRate) => LearningRate = learningRate;

    /// <summary>How far one step goes: finite, at least 0. Schedules change it between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float LearningRate
    {
        get;
        set => field = NotNegative(value);
    }

    /// <summary>
    /// How much parameters are drawn to zero; the formula of each optimizer says in which way. Biases and the parameters of norms, which have one axis, are left out; a group of
    /// <see cref="Groups"/> may say otherwise. Finite, at least 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float WeightDecay { get; init => field = NotNegative(value); }

    /// <summary>
    /// This much of each parameter's sign is added to its gradient, which draws unneeded ones to zero; biases and norms are left out as by
    /// <see cref="WeightDecay"/>. Finite, at least 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float L1Penalty { get; init => field = NotNegative(value); }

    /// <summary>Parameters with rates and penalties of their own, or that stay as they are; none by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<ParameterGroup> Groups { get; init => field = value ?? throw new ArgumentNullException(nameof(Groups)); } = [];

    /// <summary>Numbers remembered for each parameter.</summary>
    private protected virtual int Memories => 0;

    /// <summary>What they start from.</summary>
    private protected virtual float MemoryStart => 0;

    /// <summary>
    /// Updates every parameter from its gradient and counts the step in <see cref="INetwork.StepCount"/>. Allocates only at the first call. Where
    /// gradients are clipped, accumulated or penalised, the network's hold afterwards what was made of them.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// An earlier step was for another network, a group names a parameter that there is not, or <see cref="SwapAverage"/> has been called once.
    /// </exception>
    public void Step(ITrainable network)
    {
        Attach(network);
        ExpectNotSwapped("the next step");
        if (AccumulationSteps == 1 || Accumulate(network.Gradients))
        {
            BeginStep(network);
            LimitNorm(network.Gradients);
            UpdatePart(0, network.Parameters, network.Gradients);
        }
        network.StepCount++;
    }

    /// <summary>Begins a step of <paramref name="network"/>, whose parameters are then updated in parts by <see cref="UpdatePart"/>.</summary>
    /// <exception cref="InvalidOperationException">As <see cref="Step"/>.</exception>
    internal void BeginStep(ITrainable network)
    {
        Attach(network);
        ExpectNotSwapped("the next step");
        _scale = 1f / AccumulationSteps;
        BeginAverage(network);
        if (_memories.Length != Memories) Allocate(network.Parameters.Length);
        Begin(network.Parameters.Length);
    }

    /// <summary>
    /// Whether a step is <c>p -= rate (g + decay p)</c> and nothing else for the parameter that begins at <paramref name="start"/>, so that whoever
    /// computes a gradient can take it at once, as <see cref="CompilerServices.Descent"/> and <see cref="CompilerServices.DecayedDescent"/> do.
    /// </summary>
    internal virtual bool IsPlainDescent(int start, out float rate, out float decay)
    {
        (rate, decay) = (0, 0);
        return false;
    }

    /// <summary>The learning rate and weight decay of the parameters from a place on, as far as a part goes that <see cref="Update"/> is given.</summary>
    /// <param name="start">Where the part begins in the layout of all parameters, in floats.</param>
    protected ParameterSettings SettingsAt(int start)
    {
        ref readonly RunSettings run = ref _runs!.SettingsOf(_runs.IndexAt(start));
        return new(run.RateFactor * LearningRate, run.WeightDecay);
    }

    /// <summary>Begins a step: prepares what <see cref="Update"/> needs and what is not of a part, such as memory or the count of steps. Does nothing by default.</summary>
    /// <param name="parameterFloats">Floats of all parameters, gaps for alignment included; the same at every call.</param>
    protected virtual void Begin(int parameterFloats)
    {
    }

    /// <summary>
    /// Updates a part of the parameters of the one network that this optimizer is for. The parts of a step cover each parameter once; several
    /// threads may update parts at once, in any order, so what a part needs beyond itself must only be read, and results must not depend on where parts
    /// begin. All parameters of a part have the settings that <see cref="SettingsAt"/> gives for its start.
    /// </summary>
    /// <param name="start">Where the part begins in the layout of all parameters, in floats.</param>
    /// <param name="parameters">The part; gaps for alignment are zero.</param>
    /// <param name="gradients">Of the same part; zero in the gaps, which must stay zero.</param>
    protected internal abstract void Update(int start, Span<float> parameters, ReadOnlySpan<float> gradients);

    /// <summary>
    /// Passes what this optimizer carries from step to step, but for what its base class remembers: numbers by name and memories in the layout of all
    /// parameters; and settings, which have to be the same when it goes on. The same calls save, check, load and describe, so whatever the direction
    /// a name is passed once. An optimizer of your own that carries nothing has nothing to override.
    /// </summary>
    protected virtual void CarryOver(OptimizerTransfer transfer)
    {
    }

    /// <summary>Binds the optimizer to a network.</summary>
    private void Attach(ITrainable network) => (_runs, _network) = (RunsOf(network), network);

    /// <exception cref="InvalidOperationException">The optimizer is bound to another network, or a group names a parameter that this one has not.</exception>
    private ParameterRuns RunsOf(ITrainable network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (_network == network) return _runs!;
        if (_network is not null)
        {
            throw new InvalidOperationException(
                $"This {GetType().Name} has already stepped another network ({_network.Info.Name}), and what it remembers is of that one. " +
                "Make one optimizer for each network.");
        }
        return ParameterRuns.Of(network, Groups, WeightDecay, L1Penalty);
    }

    /// <summary>Saves all that this optimizer carries from step to step, checks that a file has it, or loads it, as if the optimizer had made the steps itself.</summary>
    /// <param name="transfer">Which of the three, and where.</param>
    /// <param name="network">What it steps.</param>
    /// <exception cref="InvalidOperationException">As <see cref="Step"/>; nothing has been changed.</exception>
    internal void Transfer(OptimizerTransfer transfer, ITrainable network)
    {
        ParameterRuns runs = RunsOf(network);
        ExpectNotSwapped("saving or loading");
        // Settings first: they decide what else there is.
        TransferSettings(transfer);
        CarryOver(transfer);
        bool remembers = transfer.Flag("remembers", _memories.Length > 0);
        if (transfer.Overwrites)
        {
            (_runs, _network, _memories) = (runs, network, []);
            if (remembers) Allocate(transfer.ParameterFloats);
        }
        for (int i = 0; i < Memories && remembers; i++) transfer.Memory($"memory{i}", i < _memories.Length ? _memories[i].Span : []);
        TransferAccumulated(transfer);
        TransferAverage(transfer);
    }

    /// <summary>Passes what the class carries and the settings, and nothing of what is remembered for a network.</summary>
    internal void Describe(OptimizerTransfer transfer)
    {
        CarryOver(transfer);
        TransferSettings(transfer);
    }

    private void TransferSettings(OptimizerTransfer transfer)
    {
        transfer.Setting(nameof(WeightDecay), WeightDecay);
        transfer.Setting(nameof(L1Penalty), L1Penalty);
        transfer.Setting(nameof(ClipValue), ClipValue);
        transfer.Setting(nameof(ClipNorm), ClipNorm);
        transfer.Setting(nameof(AccumulationSteps), AccumulationSteps);
        transfer.Setting(nameof(AverageDecay), AverageDecay);
        transfer.Setting(nameof(Groups), string.Join("; ", Groups));
    }

    private void Allocate(int parameterFloats)
    {
        _memories = new AlignedBuffer[Memories];
        for (int i = 0; i < _memories.Length; i++)
        {
            _memories[i] = new AlignedBuffer(parameterFloats);
            if (MemoryStart != 0) _memories[i].Span.Fill(MemoryStart);
        }
    }

    /// <summary>Updates a part of the parameters, and what is remembered for them, by a rule.</summary>
    private protected void Run<TRule>(int start, Span<float> parameters, ReadOnlySpan<float> gradients, TRule rule) where TRule : struct, IUpdateRule
    {
        int length = parameters.Length;
        Simd.Run(new UpdateKernel<TRule>(parameters, gradients, Memory(0), Memory(1), Memory(2), rule));

        Span<float> Memory(int index) => index < _memories.Length ? _memories[index].Span.Slice(start, length) : default;
    }

    /// <summary>Checks a setting that is finite and at least 0.</summary>
    internal static float NotNegative(float value, [CallerMemberName] string setting = "") =>
        value >= 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(setting, $"{setting}: expected a finite number of at least 0, got {Guard.Print(value)}.");

    /// <summary>Checks a setting that is finite and above 0.</summary>
    private protected static float Positive(float value, [CallerMemberName] string setting = "") =>
        value > 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(setting, $"{setting}: expected a finite number above 0, got {Guard.Print(value)}.");

    /// <summary>Checks a setting in [0, 1).</summary>
    private protected static float BelowOne(float value, [CallerMemberName] string setting = "") =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(setting, $"{setting}: expected a number in [0, 1), got {Guard.Print(value)}.");
}
