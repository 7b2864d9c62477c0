using NetGen;

/// <summary>
/// The years so far to the next one, at every step: a GRU that says how much the number changes. Without it the forecast would be that everything stays as it is.
/// </summary>
[Network(Streaming = true)]
[Input(Window, 1, Name = "year")]
[GRU(24), Dropout(0.1f), Dense(1), Add("year")]
[MeanSquaredError]
public sealed partial class SunspotNet
{
    /// <summary>Years that it sees at once while it learns: four cycles of the sun.</summary>
    public const int Window = 44;
}
