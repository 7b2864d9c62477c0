using NetGen;

/// <summary>Follows a series year by year, and looks ahead by taking its own forecasts for what will come.</summary>
/// <param name="network">Takes a year and gives the next, step by step.</param>
internal sealed class Forecaster(SunspotNet network)
{
    private readonly StreamState _now = network.NewState();
    private readonly StreamState _ahead = network.NewState();
    private readonly float[] _next = new float[SunspotNet.StepOutputSize];

    /// <summary>Takes in one more year.</summary>
    public void Observe(float value) => network.Step([value], _now, _next);

    /// <summary>What comes in the years after the last that was taken in, which is forgotten again.</summary>
    public float[] Ahead(int years)
    {
        var forecast = new float[years];
        float[] next = [.. _next];
        _ahead.CopyFrom(_now);
        for (int year = 0; year < years; year++)
        {
            // There are no fewer than no sunspots.
            forecast[year] = Math.Max(next[0], 0);
            network.Step([forecast[year]], _ahead, next);
        }
        return forecast;
    }
}
