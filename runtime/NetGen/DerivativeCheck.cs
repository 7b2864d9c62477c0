using System.Globalization;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>Compares the derivatives of functions of your own with what their values say.</summary>
public static class DerivativeCheck
{
    private const float Step = 1 / 64f;
    private const double Tolerance = 1e-3;

    /// <summary>Checks an activation at 801 points from -8 to 8.</summary>
    /// <returns>The largest error, of the derivative or, where that is above 1, of its share.</returns>
    /// <exception cref="ArithmeticException">A derivative is wrong, or a value or derivative is no number: the message says where and by how much.</exception>
    public static double Activation<TFunction>() where TFunction : struct, IActivationFunction =>
        Check(typeof(TFunction).Name, "x", 0, x => At(TFunction.Value(Scalar16.Broadcast(x))), x => At(TFunction.Derivative(Scalar16.Broadcast(x))));

    /// <summary>Checks a loss at predictions up to 8 from each of the targets -1, 0, 0.25, 1 and 3.</summary>
    /// <inheritdoc cref="Activation{TFunction}"/>
    public static double Loss<TFunction>() where TFunction : struct, ILossFunction
    {
        double largest = 0;
        foreach (float target in (ReadOnlySpan<float>)[-1, 0, 0.25f, 1, 3])
        {
            largest = Math.Max(largest, Check(
                typeof(TFunction).Name, FormattableString.Invariant($"target {target}, prediction"), target,
                x => At(TFunction.Value(Scalar16.Broadcast(x), Scalar16.Broadcast(target))),
                x => At(TFunction.Derivative(Scalar16.Broadcast(x), Scalar16.Broadcast(target)))));
        }
        return largest;
    }

    private static double Check(string name, string variable, float centre, Func<float, float> value, Func<float, float> derivative)
    {
        double largest = 0;
        for (int i = -400; i <= 400; i++)
        {
            // A third of a step away from where functions like to turn.
            float x = centre + (i * 0.02f) + (Step / 3);
            double given = derivative(x);
            double[] values = [.. Enumerable.Range(-2, 5).Select(steps => (double)value(x + (steps * Step)))];
            double[] slopes = [.. values.Zip(values.Skip(1), (left, right) => (right - left) / Step)];
            // Of fourth order: what float rounds in the values is more than what the formula leaves out.
            double expected = ((8 * (values[3] - values[1])) - (values[4] - values[0])) / (12 * Step);
            double error = Math.Abs(given - expected) / Math.Max(1, Math.Abs(expected));
            // Near a kink, which no difference sees through, any slope beside it will do.
            bool turns = slopes.Max() - slopes.Min() > 0.02 && given >= slopes.Min() - Tolerance && given <= slopes.Max() + Tolerance;
            if (!(error <= Tolerance || turns))
            {
                throw new ArithmeticException(string.Create(CultureInfo.InvariantCulture,
                    $"{name}.Derivative at {variable} = {x}: expected {expected:g4}, the slope of {name}.Value there, got {given:g4}."));
            }
            largest = turns ? largest : Math.Max(largest, error);
        }
        return largest;
    }

    private static float At(Scalar16 lanes)
    {
        Span<float> values = stackalloc float[16];
        Scalar16.Store(lanes, ref values[0]);
        return values[0];
    }
}
