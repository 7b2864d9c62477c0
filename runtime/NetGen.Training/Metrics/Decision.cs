namespace NetGen.Training;

/// <summary>What class a network's output stands for.</summary>
internal static class Decision
{
    /// <summary>
    /// The class with the largest output, the first of equal ones. A single output is the probability of class 1, which is decided for above 0.5.
    /// </summary>
    /// <param name="output"><c>[OutputSize]</c>, one sample's.</param>
    public static int ClassOf(ReadOnlySpan<float> output)
    {
        if (output.Length == 1)
        {
            return output[0] > 0.5f ? 1 : 0;
        }
        int best = 0;
        for (int i = 1; i < output.Length; i++)
        {
            if (output[i] > output[best])
            {
                best = i;
            }
        }
        return best;
    }

    /// <summary>The probability of a class. A single output is that of class 1, and what it lacks to 1 that of class 0.</summary>
    /// <inheritdoc cref="ClassOf" path="/param"/>
    public static double ProbabilityOf(ReadOnlySpan<float> output, int index) =>
        output.Length > 1 ? output[index] : index == 1 ? output[0] : 1.0 - output[0];
}
