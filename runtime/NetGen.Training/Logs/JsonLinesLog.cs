using System.Text.Json;

namespace NetGen.Training;

/// <summary>The results of a training's epochs as JSON, one object a line, with the names of <see cref="EpochResult"/> in camelCase.</summary>
/// <param name="path">The file; its folder exists.</param>
/// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
/// <example><code>
/// trainer.Observers.Add(new JsonLinesLog("training.jsonl"));
/// </code></example>
public sealed class JsonLinesLog(string path) : EpochLog(path)
{
    private protected override string? Header(TrainingSettings settings) => null;

    private protected override string Line(in EpochResult result) => JsonSerializer.Serialize(result, TrainingJson.Default.EpochResult);
}
