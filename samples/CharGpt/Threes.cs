using NetGen;
using NetGen.Training;

/// <summary>
/// What the network reads at a step: the last three characters of the word so far as one id, so that a table of them remembers what follows which three. A table costs no arithmetic,
/// whatever its size.
/// </summary>
/// <param name="words">The words.</param>
internal sealed class Threes(WordList words)
{
    /// <summary>Characters: the edge of words, and a to z.</summary>
    private const int Characters = 27;

    /// <summary>Different ids.</summary>
    public const int Count = Characters * Characters * Characters;

    /// <summary>The id after some characters, of which those before the last edge, which is 0, do not count.</summary>
    public static int Last(IReadOnlyList<int> characters)
    {
        int id = 0;
        for (int i = Math.Max(0, characters.Count - 3); i < characters.Count; i++)
        {
            id = characters[i] == 0 ? 0 : (id * Characters) + characters[i];
        }
        return id;
    }

    /// <summary>Each word as a sample of its own.</summary>
    public Dataset Alone(string[] list, int time) => Samples([.. list.Select(words.Encode)], time);

    /// <summary>
    /// Whole words one after the other in windows that they fill, as often as is asked for, each time beside other words: there is nothing to be learned of which word follows which.
    /// </summary>
    public Dataset Packed(string[] list, int time, int times, int seed)
    {
        SplitMix64 random = new((ulong)seed);
        return Samples([.. Enumerable.Range(0, times).SelectMany(_ => Pack(list, time, ref random))], time);
    }

    /// <summary>The vectors that a table starts with: the sum of one for each character and its place, so that threes that are rarely seen are known by their characters.</summary>
    /// <param name="size">Of a vector.</param>
    /// <param name="seed">Decides the characters' vectors.</param>
    public static float[] InitialTable(int size, int seed)
    {
        SplitMix64 random = new((ulong)seed);
        // Uniform, with a standard deviation of 0.1: so large that the first steps of Adam, which are as large for a rare three as for a frequent one, do not wipe it out.
        float[] vectors = [.. Enumerable.Range(0, 3 * Characters * size).Select(_ => 0.173f * ((random.NextBelow(1 << 20) / 524288f) - 1))];
        var table = new float[Count * size];
        for (int i = 0; i < table.Length; i++)
        {
            (int id, int feature) = Math.DivRem(i, size);
            for (int place = 0; place < 3; place++, id /= Characters)
            {
                table[i] += vectors[(((place * Characters) + (id % Characters)) * size) + feature];
            }
        }
        return table;
    }

    // Each word goes where it leaves the least room.
    private List<int[]> Pack(string[] list, int time, ref SplitMix64 random)
    {
        string[] order = [.. list];
        WordList.Shuffle(order, ref random);
        Stack<List<string>>[] byRoom = [.. Enumerable.Range(0, time + 1).Select(_ => new Stack<List<string>>())];
        List<List<string>> windows = [];
        foreach (string word in order)
        {
            int room = word.Length + 1;
            while (room < time && byRoom[room].Count == 0) room++;
            if (!byRoom[room].TryPop(out List<string>? window))
            {
                windows.Add(window = []);
            }
            window.Add(word);
            byRoom[room - word.Length - 1].Push(window);
        }
        return [.. windows.Select(window => words.Encode(string.Join(WordList.Edge, window)))];
    }

    private Dataset Samples(List<int[]> texts, int time)
    {
        var features = new float[texts.Count * time];
        var classes = new int[texts.Count * time];
        for (int i = 0; i < texts.Count; i++)
        {
            for (int step = 0; step < texts[i].Length - 1; step++)
            {
                features[(i * time) + step] = Last(new ArraySegment<int>(texts[i], 0, step + 1));
                classes[(i * time) + step] = texts[i][step + 1];
            }
        }
        return Dataset.FromArrays(features, time, classes, words.Characters.Tokens, classesPerSample: time, lengths: [.. texts.Select(text => text.Length - 1)]);
    }
}
