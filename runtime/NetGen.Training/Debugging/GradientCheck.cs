namespace NetGen.Training;

/// <summary>Compares the gradients of <see cref="ITrainable.Backward"/> with differences of the loss: whether a network learns what it should, in the terms of its own loss.</summary>
/// <example><code>
/// GradientReport report = GradientCheck.Run(net, new Batch { Count = 8, Inputs = inputs, Classes = classes });
/// Console.WriteLine(report);   // a line a layer
/// </code></example>
public static class GradientCheck
{
    // A difference of float32 losses is a small number between two large ones. A wide step has less rounding in it, a narrow one less curvature; powers of two so that both are exact.
    private const float WideStep = 1f / 64;
    private const float NarrowStep = 1f / 512;

    // What rounding may change a loss by: a few units of the 24th binary digit, of the loss or, below 1, of the numbers that it is made of.
    private const float LossRounding = 8f / (1 << 24);

    /// <summary>
    /// Checks some elements of every parameter: <c>(L(w + h) - L(w - h)) / 2h</c> against dL/dw, L being the mean loss of the batch, dropout dropping the same each time.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Everything is float32, so a loss is known to about 5e-7 of its size, and a slope to that divided by 2h: with a loss near 1 and h = 1/64 to 1.5e-5. Errors are therefore relative
    /// to the gradient or to the size at which this rounding is <paramref name="tolerance"/>, whichever is larger. A layer all of whose gradients are smaller than that
    /// is <see cref="GradientVerdict.TooSmall"/>: neither right nor wrong.
    /// </para>
    /// <para>
    /// Where the two disagree the step becomes h = 1/512, and then a gradient is right between the slopes to the left and to the right too: at the kink of a ReLU any of them is one.
    /// </para>
    /// <para>
    /// It runs the batch twice for every element. Parameters, state and steps are as before afterwards, gradients those of the batch; an <see cref="IStateful"/> network computes from
    /// states of zero and starts the next batch there.
    /// </para>
    /// </remarks>
    /// <param name="network">The network.</param>
    /// <param name="batch">A few samples; every one costs time, and a batch norm needs more than one.</param>
    /// <param name="elements">How many elements of each parameter to check: half of them those with the largest gradients, the others spread evenly.</param>
    /// <param name="tolerance">The largest relative error that passes.</param>
    /// <returns>A row for each layer with parameters.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="elements"/> is below 1, or <paramref name="tolerance"/> not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">The batch does not fit the network.</exception>
    /// <exception cref="InvalidOperationException">The loss of the batch is not finite: <see cref="NumericGuard"/> finds out where.</exception>
    public static GradientReport Run(ITrainable network, in Batch batch, int elements = 16, float tolerance = 0.02f)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(elements, 1);
        Setting.That(tolerance is > 0 and < 1, tolerance, "a number between 0 and 1, such as 0.02", nameof(tolerance));
        float[] state = network.State.ToArray();
        try
        {
            float loss = Loss(network, batch);
            if (!float.IsFinite(loss))
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"The loss of the batch is {loss}, so there is nothing to check. NumericGuard.Find names the first layer that is not finite."));
            }
            network.Backward();
            float[] gradients = network.Gradients.ToArray();
            List<GradientComparison> comparisons = [];
            foreach (TensorInfo parameter in network.Info.Parameters)
            {
                foreach (int place in Selected(gradients.AsSpan(parameter.Offset, parameter.Length), elements))
                {
                    comparisons.Add(Compare(network, batch, parameter, place, gradients[parameter.Offset + place], loss, tolerance));
                }
            }
            gradients.CopyTo(network.Gradients);
            return new GradientReport(network.Info, comparisons, tolerance);
        }
        finally
        {
            state.CopyTo(network.State);
            (network as IStateful)?.ResetStates();
        }
    }

    private static GradientComparison Compare(ITrainable network, in Batch batch, TensorInfo parameter, int place, float gradient, float loss, float tolerance)
    {
        (float left, float right) = Slopes(network, batch, parameter.Offset + place, WideStep, loss);
        float difference = (left + right) / 2;
        float error = Error(gradient, difference, difference, WideStep);
        if (!(error <= tolerance))
        {
            (left, right) = Slopes(network, batch, parameter.Offset + place, NarrowStep, loss);
            difference = (left + right) / 2;
            error = Error(gradient, Math.Min(left, right), Math.Max(left, right), NarrowStep);
        }
        return new GradientComparison(parameter, parameter.IndexOf(place), gradient, difference, error, Math.Max(Math.Abs(gradient), Math.Abs(difference)) < Rounding(WideStep) / tolerance);

        // How far the gradient is from what lies between two slopes, in parts of its own size; never a number where a slope is none.
        float Error(float value, float least, float most, float step) =>
            Math.Max(0, Math.Max(least - value, value - most)) / Math.Max(Math.Max(Math.Abs(value), Math.Abs(least + most) / 2), Rounding(step) / tolerance);

        float Rounding(float step) => LossRounding * Math.Max(1, Math.Abs(loss)) / (2 * step);
    }

    /// <summary>The slopes of the loss before and after a parameter's value.</summary>
    private static (float Left, float Right) Slopes(ITrainable network, in Batch batch, int index, float step, float loss)
    {
        float value = network.Parameters[index];
        try
        {
            float below = network.Parameters[index] = value - step;
            float lossBelow = Loss(network, batch);
            float above = network.Parameters[index] = value + step;
            return ((loss - lossBelow) / (value - below), (Loss(network, batch) - loss) / (above - value));
        }
        finally
        {
            network.Parameters[index] = value;
        }
    }

    private static float Loss(ITrainable network, in Batch batch)
    {
        (network as IStateful)?.ResetStates();
        return network.Forward(batch);
    }

    /// <summary>Places of half as many elements with the largest gradients, and as many others, in order.</summary>
    private static IEnumerable<int> Selected(ReadOnlySpan<float> gradients, int elements)
    {
        int length = gradients.Length;
        float[] sizes = new float[length];
        for (int i = 0; i < length; i++)
        {
            // What is no number is looked at first, and not passed over as the smallest.
            sizes[i] = float.IsNaN(gradients[i]) ? float.PositiveInfinity : Math.Abs(gradients[i]);
        }
        int[] places = [.. Enumerable.Range(0, length)];
        IEnumerable<int> largest = places.OrderByDescending(place => sizes[place]).Take((elements + 1) / 2);
        IEnumerable<int> spread = Enumerable.Range(0, Math.Min(elements / 2, length)).Select(i => (int)((2L * i + 1) * length / (2L * Math.Min(elements / 2, length))));
        return largest.Union(spread).Order();
    }
}
