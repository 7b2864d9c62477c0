using System.Numerics;
using System.Runtime.InteropServices;

namespace NetGen.Training;

/// <summary>Makes training steps of which those with a loss or gradient that is not finite change nothing.</summary>
/// <param name="network">What is trained.</param>
internal sealed class StepGuard(ITrainable network)
{
    private readonly float[] _state = new float[network.State.Length];
    private float[] _carried = [];

    /// <summary>Makes a step, the same to the bit as <see cref="ITrainable.TrainStep"/>, if its loss and gradients are finite.</summary>
    public bool TryStep(in Batch batch, Optimizer optimizer, out float loss)
    {
        // Forward updates running statistics and carried states.
        network.State.CopyTo(_state);
        int carried = Keep(network as IStateful);
        loss = network.Forward(batch);
        if (float.IsFinite(loss))
        {
            network.Backward();
            if (AllFinite(network.Gradients))
            {
                optimizer.Step(network);
                return true;
            }
        }
        _state.CopyTo(network.State);
        (network as IStateful)?.RestoreStates(_carried.AsSpan(0, carried));
        return false;
    }

    private int Keep(IStateful? stateful)
    {
        if (stateful is null)
        {
            return 0;
        }
        ReadOnlySpan<float> states = stateful.CarriedStates;
        if (states.Length > _carried.Length)
        {
            _carried = new float[states.Length];
        }
        states.CopyTo(_carried);
        return states.Length;
    }

    /// <summary>Whether no number is infinite or not a number: x - x is then 0 for each of them, and so is their sum.</summary>
    internal static bool AllFinite(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<float> sum = Vector<float>.Zero;
        foreach (Vector<float> vector in vectors)
        {
            sum += vector - vector;
        }
        float rest = Vector.Sum(sum);
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
        {
            rest += value - value;
        }
        return rest == 0;
    }
}
