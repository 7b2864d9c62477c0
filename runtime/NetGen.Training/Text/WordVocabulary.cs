using System.Globalization;
using System.Text;

namespace NetGen.Training;

/// <summary>
/// A vocabulary of words, the most frequent first; id 0 stands for all others. A word is a run of letters, marks, digits and inner apostrophes or hyphens; any other
/// visible character is a word of its own, and white space only separates. Upper and lower case are different.
/// </summary>
public sealed class WordVocabulary : Vocabulary
{
    private WordVocabulary(IEnumerable<string> tokens)
        : base(tokens)
    {
    }

    /// <inheritdoc/>
    private protected override string Kind => "words";

    /// <summary>The words of a text by falling count, equally frequent ones in ordinal order, behind the unknown word.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">The most tokens to keep, the unknown word among them; all by default.</param>
    /// <param name="leastCount">How often a word must occur to be kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is below 1.</exception>
    public static WordVocabulary Build(string text, int most = int.MaxValue, int leastCount = 1)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(leastCount, 1);
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (Range word in Words(text))
        {
            lookup[text.AsSpan()[word]] = lookup.TryGetValue(text.AsSpan()[word], out int count) ? count + 1 : 1;
        }
        IEnumerable<string> kept = counts
            .Where(word => word.Value >= leastCount)
            .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal)
            .Select(word => word.Key)
            .Take(most - 1);
        return new WordVocabulary(kept.Prepend(Unknown));
    }

    /// <summary>Reads what <see cref="Vocabulary.Save"/> wrote.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">It is no vocabulary of words; the message says in which line.</exception>
    public static WordVocabulary Load(string path)
    {
        string[] tokens = TokenFile.Read(path, "words", token => token == Unknown || IsOneWord(token) ? null : "one word");
        return tokens.Contains(Unknown)
            ? new WordVocabulary(tokens)
            : throw new DatasetFormatException($"{path} has no token {Unknown}, which a vocabulary of words needs.") { File = path };
    }

    /// <inheritdoc/>
    public override int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. Words(text).Select(word => IdOf(text.AsSpan()[word]))];
    }

    /// <summary>The words with spaces between them, but none before closing and after opening punctuation. Line breaks of the text that was encoded are gone.</summary>
    /// <inheritdoc/>
    public override string Decode(ReadOnlySpan<int> ids)
    {
        StringBuilder text = new();
        string before = "";
        foreach (int id in ids)
        {
            string word = TokenOf(id, nameof(ids));
            if (before.Length > 0 && !IsOpening(before) && !IsClosing(word))
            {
                text.Append(' ');
            }
            text.Append(word);
            before = word;
        }
        return text.ToString();
    }

    private static IEnumerable<Range> Words(string text)
    {
        int start = 0;
        while (start < text.Length)
        {
            int length = char.IsSurrogatePair(text, start) ? 2 : 1;
            if (char.IsWhiteSpace(text, start))
            {
                start++;
                continue;
            }
            int end = start + length;
            if (IsInWord(text, start))
            {
                end = EndOfWord(text, end);
            }
            yield return start..end;
            start = end;
        }
    }

    private static int EndOfWord(string text, int end)
    {
        while (end < text.Length)
        {
            if (IsInWord(text, end))
            {
                end += char.IsSurrogatePair(text, end) ? 2 : 1;
            }
            else if (text[end] is '\'' or '’' or '-' && end + 1 < text.Length && IsInWord(text, end + 1))
            {
                end++;
            }
            else
            {
                break;
            }
        }
        return end;
    }

    private static bool IsInWord(string text, int index) => char.IsLetterOrDigit(text, index) || CharUnicodeInfo.GetUnicodeCategory(text, index)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsOneWord(string token) => Words(token).SequenceEqual([0..token.Length]);

    private static bool IsOpening(string word) => word is "(" or "[" or "{" or "“" or "‘" or "«" or "¿" or "¡";

    private static bool IsClosing(string word) => word is "." or "," or ";" or ":" or "!" or "?" or ")" or "]" or "}" or "”" or "’" or "»" or "…";
}
