using System.Text.Json;
using System.Text.Unicode;

namespace NetGen;

/// <summary>Reads a header's JSON token by token and refuses all that the format does not allow.</summary>
internal ref struct SafetensorsHeaderParser
{
    /// <summary>The one key of a header that is not a tensor.</summary>
    public const string MetadataKey = "__metadata__";

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string? _file;
    private Utf8JsonReader _json;

    public SafetensorsHeaderParser(ReadOnlySpan<byte> bytes, string? file)
    {
        _bytes = bytes;
        _file = file;
        _json = new Utf8JsonReader(bytes);
    }

    /// <summary>The tensors, in the header's order.</summary>
    public List<SafetensorsEntry> Entries { get; } = [];

    /// <summary>The metadata; empty where the header has none.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Reads the whole header.</summary>
    /// <exception cref="NetworkFormatException">It is not the JSON of a safetensors header.</exception>
    public void Parse()
    {
        if (!Utf8.IsValid(_bytes))
        {
            throw Bad(null, "a header of UTF-8 text", "bytes that are not UTF-8");
        }
        try
        {
            HashSet<string> names = [];
            Enter(null, JsonTokenType.StartObject, "a header that is a JSON object");
            while (NextKey(null, names) is { } name)
            {
                if (name == MetadataKey)
                {
                    ReadMetadata();
                }
                else
                {
                    ReadTensor(name);
                }
            }
            _json.Read(); // Throws if anything but white space follows.
        }
        catch (JsonException exception)
        {
            throw NetworkFormatException.Create(
                _file, null, "a header of JSON", $"an error at byte {_json.BytesConsumed} of it", SafetensorsHeader.Damaged, exception);
        }
    }

    private void ReadMetadata()
    {
        HashSet<string> keys = [];
        Enter(MetadataKey, JsonTokenType.StartObject, "an object of strings");
        while (NextKey(MetadataKey, keys) is { } key)
        {
            Enter(MetadataKey, JsonTokenType.String, $"a string for {key}");
            Metadata.Add(key, Text(MetadataKey));
        }
    }

    private void ReadTensor(string name)
    {
        SafetensorsType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        HashSet<string> keys = [];
        Enter(name, JsonTokenType.StartObject, "an object of dtype, shape and data_offsets");
        while (NextKey(name, keys) is { } key)
        {
            switch (key)
            {
                case "dtype":
                    Enter(name, JsonTokenType.String, "a string for dtype");
                    string text = Text(name);
                    type = SafetensorsTypes.Parse(text) ?? throw NetworkFormatException.Create(
                        _file, name, $"a dtype out of {SafetensorsTypes.Names}", text, "Convert the tensor, or save the file without it.");
                    break;
                case "shape":
                    shape = Numbers(name, key);
                    break;
                case "data_offsets":
                    offsets = Numbers(name, key);
                    break;
                default:
                    throw Bad(name, "dtype, shape and data_offsets", $"the key {key}");
            }
        }
        if (type is null || shape is null || offsets is not [long begin, long end])
        {
            string found = (type, shape, offsets) switch
            {
                (null, _, _) => "no dtype",
                (_, null, _) => "no shape",
                (_, _, null) => "no data_offsets",
                _ => $"{offsets.Length} data_offsets",
            };
            throw Bad(name, "dtype, shape and two data_offsets", found);
        }
        Entries.Add(new SafetensorsEntry(name, type.Value, shape, begin, end));
    }

    private long[] Numbers(string tensor, string key)
    {
        List<long> numbers = [];
        Enter(tensor, JsonTokenType.StartArray, $"an array of numbers for {key}");
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out long number) || number < 0)
            {
                throw Bad(tensor, $"whole numbers from 0 to {long.MaxValue} in {key}", Token());
            }
            numbers.Add(number);
        }
        return [.. numbers];
    }

    /// <summary>Moves to a value of one kind.</summary>
    private void Enter(string? tensor, JsonTokenType kind, string expected)
    {
        _json.Read();
        if (_json.TokenType != kind)
        {
            throw Bad(tensor, expected, Token());
        }
    }

    /// <summary>Moves to the next key of the object that is being read; null at its end.</summary>
    private string? NextKey(string? tensor, HashSet<string> seen)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }
        string key = Text(tensor);
        return seen.Add(key) ? key : throw Bad(tensor ?? key, "each key once", $"{key} twice");
    }

    private readonly string Text(string? tensor)
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            // An escape such as \ud800 is valid JSON and no text.
            throw NetworkFormatException.Create(_file, tensor, "text", "an escaped half of a surrogate pair", SafetensorsHeader.Damaged, exception);
        }
    }

    private readonly string Token() => _json.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(_json.ValueSpan),
        _ => _json.TokenType.ToString().ToLowerInvariant(),
    };

    private readonly NetworkFormatException Bad(string? tensor, string expected, string found) =>
        NetworkFormatException.Create(_file, tensor, expected, found, SafetensorsHeader.Damaged);
}
