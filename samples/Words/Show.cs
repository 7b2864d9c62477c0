using System.Globalization;
using NetGen;
using NetGen.Training;

/// <summary>What both samples print while a network learns and afterwards.</summary>
internal static class Show
{
    /// <summary>A line after each epoch: the perplexity of what was not learned from, and some words.</summary>
    public static EpochCallback Epoch(IStreaming network, WordList words, int seed) => (in result, _) =>
    {
        Writer writer = new(network, words.Characters, new TokenSampler(words.Characters.Count, seed));
        string some = string.Join(' ', Enumerable.Range(0, 8).Select(_ => writer.Word()));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"perplexity {Perplexity.FromLoss(result.ValidationLoss ?? double.NaN):F3}  {some}"));
    };

    /// <summary>Types words, each on its own line, and says which are in the list.</summary>
    public static void Type(IStreaming network, WordList words, int count, int seed)
    {
        HashSet<string> train = [.. words.Train];
        HashSet<string> validation = [.. words.Validation];
        Writer writer = new(network, words.Characters, new TokenSampler(words.Characters.Count, seed));
        // As fast as someone types, where someone looks on.
        TimeSpan pause = Console.IsOutputRedirected ? TimeSpan.Zero : TimeSpan.FromMilliseconds(40);
        for (int i = 0; i < count; i++)
        {
            string word = writer.Word(character =>
            {
                Console.Write(character);
                Thread.Sleep(pause);
            });
            Console.WriteLine(train.Contains(word) ? "  (learned)" : validation.Contains(word) ? "  (a word of the list that was not learned from)" : "");
        }
    }

    /// <summary>The share of words that are not among those that were learned.</summary>
    public static double NewWords(IStreaming network, WordList words, int count, int seed)
    {
        HashSet<string> train = [.. words.Train];
        Writer writer = new(network, words.Characters, new TokenSampler(words.Characters.Count, seed));
        return Enumerable.Range(0, count).Count(_ => !train.Contains(writer.Word())) / (double)count;
    }
}
