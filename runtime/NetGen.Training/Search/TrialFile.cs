using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetGen.Training;

/// <summary>The results of a search on disk, a line of JSON each. A line that a killed process left unfinished is cut off.</summary>
internal sealed class TrialFile<TSettings> : IDisposable
{
    private readonly SearchSpace<TSettings> _space;
    private readonly string _path;
    private readonly Dictionary<(int Index, int? Budget), TrialLine> _lines = [];
    private readonly FileStream _stream;
    private readonly Lock _lock = new();

    public TrialFile(string path, SearchSpace<TSettings> space)
    {
        (_path, _space) = (path, space);
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            Read();
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>The result of a trial that is in the file; null where it is not.</summary>
    /// <exception cref="InvalidDataException">The file has a trial of that number with other settings or another seed.</exception>
    public TrialResult<TSettings>? Find(Trial<TSettings> trial)
    {
        TrialLine? line;
        lock (_lock)
        {
            if (!_lines.TryGetValue((trial.Index, trial.Budget), out line))
            {
                return null;
            }
        }
        TrialLine expected = Line(new TrialResult<TSettings>(trial, 0, 0, null));
        if (line.Seed != expected.Seed || !line.Values.OrderBy(pair => pair.Key).SequenceEqual(expected.Values.OrderBy(pair => pair.Key)))
        {
            throw new InvalidDataException(
                $"{_path}: expected trial {trial.Index} with seed {expected.Seed} and {Print(expected)}, found seed {line.Seed} and {Print(line)}. "
                + "The file is of another search: delete it, or give this one another file.");
        }
        return new TrialResult<TSettings>(trial, line.Failure is null ? line.Score : double.PositiveInfinity, line.Seconds, line.Failure);
    }

    /// <summary>Adds a result, unless it came from here.</summary>
    public void Add(TrialResult<TSettings> result)
    {
        TrialLine line = Line(result);
        lock (_lock)
        {
            if (_lines.TryAdd((line.Trial, line.Budget), line))
            {
                _stream.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, SearchJson.Default.TrialLine), (byte)'\n']);
                _stream.Flush();
            }
        }
    }

    public void Dispose() => _stream.Dispose();

    private void Read()
    {
        byte[] bytes = new byte[_stream.Length];
        _stream.ReadExactly(bytes);
        int complete = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        int number = 0;
        for (int start = 0; start < complete;)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', start);
            number++;
            try
            {
                TrialLine line = JsonSerializer.Deserialize(bytes.AsSpan(start, end - start), SearchJson.Default.TrialLine) ?? throw new JsonException("null");
                _lines[(line.Trial, line.Budget)] = line;
            }
            catch (JsonException exception)
            {
                throw new InvalidDataException(
                    $"{_path}, line {number}: expected the result of a trial, found something else ({exception.Message}). Delete the line or the file.",
                    exception);
            }
            start = end + 1;
        }
        ReadOnlySpan<byte> rest = bytes.AsSpan(complete);
        if (!rest.StartsWith(LineStart[..Math.Min(rest.Length, LineStart.Length)]))
        {
            throw new InvalidDataException(
                $"{_path}, line {number + 1}: expected the results of a search, found something else. Give the search another file.");
        }
        _stream.SetLength(complete);
        _stream.Position = complete;
    }

    /// <summary>How each line begins: a last one that does not is none that a killed process left, and is not cut off.</summary>
    private static ReadOnlySpan<byte> LineStart => "{\"trial\":"u8;

    private TrialLine Line(TrialResult<TSettings> result) => new(
        result.Trial.Index,
        result.Trial.Budget,
        result.Trial.Seed,
        _space.Dimensions.Select((dimension, i) => (dimension.Name, Text: dimension.Print(result.Trial.Values[i]))).ToDictionary(pair => pair.Name, pair => pair.Text),
        double.IsFinite(result.Score) ? result.Score : 0,
        result.Seconds,
        result.Failure);

    private static string Print(TrialLine line) => string.Join(", ", line.Values.Select(pair => $"{pair.Key} {pair.Value}"));
}

/// <summary>A line of the file of a search.</summary>
internal sealed record TrialLine(int Trial, int? Budget, long Seed, [property: JsonRequired] Dictionary<string, string> Values, double Score, double Seconds, string? Failure);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TrialLine))]
internal sealed partial class SearchJson : JsonSerializerContext;
