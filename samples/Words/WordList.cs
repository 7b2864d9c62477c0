using System.Text;
using NetGen.Training;

/// <summary>English words, divided into a part to learn from and one to test with.</summary>
internal sealed class WordList
{
    /// <summary>Starts and ends a word.</summary>
    public const char Edge = '\n';

    /// <summary>The longest word.</summary>
    public const int LongestWord = 20;

    private WordList(string[] train, string[] validation)
    {
        Train = train;
        Validation = validation;
    }

    /// <summary>The characters: <see cref="Edge"/>, then a to z.</summary>
    public CharVocabulary Characters { get; } = CharVocabulary.Build(Edge + "abcdefghijklmnopqrstuvwxyz");

    /// <summary>The words to learn from, in random order.</summary>
    public string[] Train { get; }

    /// <summary>Every tenth word: never learned from.</summary>
    public string[] Validation { get; }

    /// <summary>Reads the list, one word a line, and divides it.</summary>
    /// <exception cref="FormatException">A line is no word of 1 to <see cref="LongestWord"/> letters a to z, or there are fewer than 100.</exception>
    public static WordList Read(string path, int seed)
    {
        string[] words = File.ReadAllLines(path);
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].Length is < 1 or > LongestWord || words[i].AsSpan().ContainsAnyExceptInRange('a', 'z'))
            {
                throw new FormatException($"{path}, line {i + 1}: expected a word of 1 to {LongestWord} letters a to z, got '{words[i]}'");
            }
        }
        if (words.Length < 100)
        {
            throw new FormatException($"{path}: expected at least 100 words, got {words.Length}");
        }
        SplitMix64 random = new((ulong)seed);
        for (int i = words.Length - 1; i > 0; i--)
        {
            int j = random.NextBelow(i + 1);
            (words[i], words[j]) = (words[j], words[i]);
        }
        int held = words.Length / 10;
        return new WordList(words[held..], words[..held]);
    }

    /// <summary>The ids of a word between two edges.</summary>
    public int[] Encode(string word) => Characters.Encode(Edge + word + Edge);

    /// <summary>The words one after the other, in lines of as many whole ones as <paramref name="time"/> steps can hold: a word is seen from its first letter on.</summary>
    public Dataset Lines(string[] words, int time)
    {
        List<int[]> lines = [];
        StringBuilder line = new();
        foreach (string word in words)
        {
            // An edge after each word, and one before the first, which is not predicted.
            if (line.Length + word.Length + 1 > time)
            {
                End();
            }
            line.Append(word).Append(Edge);
        }
        End();
        return Dataset.FromTexts([.. lines], time, Characters.Tokens);

        void End()
        {
            lines.Add(Characters.Encode(Edge + line.ToString()));
            line.Clear();
        }
    }
}
