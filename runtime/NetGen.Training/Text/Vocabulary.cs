using System.Globalization;

namespace NetGen.Training;

/// <summary>The tokens that a text is made of, each with an id: its place in a fixed order, from 0.</summary>
public abstract class Vocabulary
{
    /// <summary>What stands in <see cref="Tokens"/>, in files and in decoded text for a token that is not in the vocabulary.</summary>
    public const string Unknown = "<unknown>";

    private readonly string[] _tokens;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <param name="tokens">In order of their ids, all different; <see cref="Unknown"/> among them takes what is none of the others.</param>
    private protected Vocabulary(IEnumerable<string> tokens)
    {
        _tokens = [.. tokens];
        if (_tokens.Length == 0)
        {
            throw new ArgumentException("A vocabulary needs at least one token, got none.", nameof(tokens));
        }
        for (int id = 0; id < _tokens.Length; id++)
        {
            if (!_ids.TryAdd(_tokens[id], id))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"The token '{TokenFile.Escape(_tokens[id])}' has two ids, {_ids[_tokens[id]]} and {id}; expected all to be different."), nameof(tokens));
            }
        }
        _lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        UnknownId = _ids.TryGetValue(Unknown, out int unknown) ? unknown : null;
    }

    /// <summary>How many tokens there are, <see cref="Unknown"/> among them: what <c>[Embedding]</c> and the last <c>[Dense]</c> need.</summary>
    public int Count => _tokens.Length;

    /// <summary>The tokens in order of their ids.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>The id of all that is not in the vocabulary; null where there is none, and what is not in it is an error.</summary>
    public int? UnknownId { get; }

    /// <summary>The id of a token, or <see cref="UnknownId"/>.</summary>
    /// <exception cref="ArgumentException">It is not in the vocabulary, which has no unknown token.</exception>
    public int IdOf(ReadOnlySpan<char> token) =>
        _lookup.TryGetValue(token, out int id) ? id : UnknownId ?? throw new ArgumentException(
            $"'{TokenFile.Escape(token.ToString())}' is none of the vocabulary's {Count} tokens, and it has none for what is unknown.", nameof(token));

    /// <summary>The ids of a text's tokens.</summary>
    /// <exception cref="ArgumentException">A token is not in the vocabulary, which has no unknown token.</exception>
    public abstract int[] Encode(string text);

    /// <summary>The text of ids.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    public abstract string Decode(ReadOnlySpan<int> ids);

    /// <summary>
    /// Writes a text file (UTF-8): a line that says what it is, then one token a line in order of the ids. A backslash stands before what would not fit a line:
    /// <c>\n</c>, <c>\r</c>, <c>\t</c> and <c>\\</c>.
    /// </summary>
    /// <exception cref="IOException">It cannot be written; what was there is still there.</exception>
    public void Save(string path) => TokenFile.Write(path, Kind, _tokens);

    /// <summary>What the first line of its file says.</summary>
    private protected abstract string Kind { get; }

    /// <summary>The token of one of the ids that an argument names.</summary>
    private protected string TokenOf(int id, string ids) => (uint)id < (uint)_tokens.Length
        ? _tokens[id]
        : throw new ArgumentOutOfRangeException(ids, FormattableString.Invariant($"Expected ids from 0 to {Count - 1}, got {id}."));
}
