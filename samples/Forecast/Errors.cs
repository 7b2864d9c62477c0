/// <summary>How far forecasts are from what came, for each number of years that they look ahead.</summary>
/// <param name="years">The farthest.</param>
internal sealed class Errors(int years)
{
    private readonly double[] _squares = new double[years];
    private readonly int[] _counts = new int[years];

    /// <summary>The root of the mean squared error.</summary>
    public double this[int ahead] => Math.Sqrt(_squares[ahead] / _counts[ahead]);

    /// <summary>Notes a forecast.</summary>
    public void Add(int ahead, float forecast, float truth)
    {
        _squares[ahead] += Math.Pow(forecast - truth, 2);
        _counts[ahead]++;
    }
}
