using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The positions of Vaswani et al. 2017: <c>sin(t 10000^(-2i / features))</c> for feature 2i of step t, the cosine for feature 2i + 1.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Sinusoids
{
    private readonly float[] _values;

    /// <summary>Computes the table.</summary>
    /// <param name="time">Steps of a sequence.</param>
    /// <param name="features">Features of a step.</param>
    public Sinusoids(int time, int features)
    {
        _values = new float[time * features];
        for (int i = 0; i < _values.Length; i++)
        {
            (int step, int feature) = Math.DivRem(i, features);
            (double sine, double cosine) = Math.SinCos(step * Math.Pow(10000, -(feature / 2 * 2) / (double)features));
            _values[i] = (float)(feature % 2 == 0 ? sine : cosine);
        }
    }

    /// <summary><c>[time, features]</c>.</summary>
    public ReadOnlySpan<float> Values => _values;
}
