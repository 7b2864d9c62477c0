using System.Text;

namespace NetGen.Training;

/// <summary>A vocabulary of characters (Unicode code points), ordered by their numbers.</summary>
/// <example><code>
/// CharVocabulary characters = CharVocabulary.Build(text);
/// int[] ids = characters.Encode("hello");
/// string hello = characters.Decode(ids);
/// </code></example>
public sealed class CharVocabulary : Vocabulary
{
    private CharVocabulary(IEnumerable<string> tokens)
        : base(tokens)
    {
    }

    /// <inheritdoc/>
    private protected override string Kind => "characters";

    /// <summary>All characters of a text.</summary>
    /// <param name="text">At least one character, unless there is an unknown token.</param>
    /// <param name="unknown">Whether id 0 stands for all characters that the text has not; without it they are errors.</param>
    /// <exception cref="ArgumentException">There is no character.</exception>
    public static CharVocabulary Build(string text, bool unknown = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        IEnumerable<string> characters = text.EnumerateRunes().Distinct().Order().Select(rune => rune.ToString());
        return new CharVocabulary(unknown ? characters.Prepend(Unknown) : characters);
    }

    /// <summary>Reads what <see cref="Vocabulary.Save"/> wrote.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">It is no vocabulary of characters; the message says in which line.</exception>
    public static CharVocabulary Load(string path)
    {
        string[] tokens = TokenFile.Read(path, "characters", token => token == Unknown || IsOneCharacter(token) ? null : "one character");
        return new CharVocabulary(tokens);
    }

    /// <inheritdoc/>
    public override int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> ids = new(text.Length);
        Span<char> character = stackalloc char[2];
        foreach (Rune rune in text.EnumerateRunes())
        {
            ids.Add(IdOf(character[..rune.EncodeToUtf16(character)]));
        }
        return [.. ids];
    }

    /// <inheritdoc/>
    public override string Decode(ReadOnlySpan<int> ids)
    {
        StringBuilder text = new(ids.Length);
        foreach (int id in ids)
        {
            text.Append(TokenOf(id, nameof(ids)));
        }
        return text.ToString();
    }

    private static bool IsOneCharacter(string token) => token.Length > 0 && Rune.TryGetRuneAt(token, 0, out Rune rune) && rune.Utf16SequenceLength == token.Length;
}
