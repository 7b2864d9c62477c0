using System.Globalization;

namespace NetGen.Training;

public sealed partial class Dataset
{
    /// <summary>
    /// Windows of a text, to learn the next token from those before it: features are <paramref name="time"/> ids, classes the ids that follow each.
    /// </summary>
    /// <param name="ids">The text; at least <paramref name="time"/> + 1 ids.</param>
    /// <param name="time">Steps of one window.</param>
    /// <param name="tokens">What the ids stand for: <see cref="Vocabulary.Tokens"/>, for instance.</param>
    /// <param name="stride">How far a window starts from the one before; <paramref name="time"/> by default, so that each token is learned once an epoch.</param>
    /// <remarks>What is left at the end and fills no window is left out.</remarks>
    /// <exception cref="ArgumentException">
    /// The text is too short, or has an id that is none of the tokens', or windows overlap so much that they are more than one array holds.
    /// </exception>
    public static Dataset FromText(ReadOnlySpan<int> ids, int time, IReadOnlyList<string> tokens, int? stride = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(time, 1);
        int step = stride ?? time;
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1, nameof(stride));
        if (ids.Length <= time)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Expected a text of at least {time + 1} tokens, a window of {time} and the one after it; got {ids.Length}."), nameof(ids));
        }
        CheckIds(ids, tokens.Count, "The text", nameof(ids));
        int count = (ids.Length - time - 1) / step + 1;
        CheckSize(count, time, "Take a larger stride, or a part of the text.", nameof(stride));
        float[] features = new float[count * time];
        int[] classes = new int[count * time];
        for (int window = 0; window < count; window++)
        {
            Pair(ids.Slice(window * step, time + 1), features.AsSpan(window * time), classes.AsSpan(window * time));
        }
        return FromArrays(features, time, classes, tokens, classesPerSample: time);
    }

    /// <summary>
    /// Short texts, such as words or sentences, each a sample of its own: features are its ids but the last, classes its ids but the first, and its length says
    /// where padding begins.
    /// </summary>
    /// <param name="texts">At least two ids each, at most <paramref name="time"/> + 1; the first and last usually mark start and end.</param>
    /// <param name="time">Steps of one sample; shorter texts are padded with id 0, which does not count.</param>
    /// <param name="tokens">What the ids stand for: <see cref="Vocabulary.Tokens"/>, for instance.</param>
    /// <exception cref="ArgumentException">
    /// A text is too short or too long, or has an id that is none of the tokens', or they are more than one array holds.
    /// </exception>
    public static Dataset FromTexts(IReadOnlyList<int[]> texts, int time, IReadOnlyList<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(time, 1);
        CheckSize(texts.Count, time, "Take fewer texts.", nameof(texts));
        float[] features = new float[texts.Count * time];
        int[] classes = new int[texts.Count * time];
        int[] lengths = new int[texts.Count];
        for (int i = 0; i < texts.Count; i++)
        {
            int[] text = texts[i];
            if (text.Length < 2 || text.Length > time + 1)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"Text {i} has {text.Length} tokens; expected 2 to {time + 1}, because {time} steps have {time} tokens and the one after them."), nameof(texts));
            }
            CheckIds(text, tokens.Count, $"Text {i}", nameof(texts));
            lengths[i] = text.Length - 1;
            Pair(text, features.AsSpan(i * time), classes.AsSpan(i * time));
        }
        return FromArrays(features, time, classes, tokens, classesPerSample: time, lengths: lengths);
    }

    private static void CheckSize(int samples, int time, string advice, string argument)
    {
        if ((long)samples * time > Array.MaxLength)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{samples} samples of {time} steps are more than {Array.MaxLength} numbers, the most that a data set has. {advice}"), argument);
        }
    }

    /// <summary>Inputs are all ids but the last, classes all but the first.</summary>
    private static void Pair(ReadOnlySpan<int> ids, Span<float> inputs, Span<int> classes)
    {
        for (int t = 0; t < ids.Length - 1; t++)
        {
            inputs[t] = ids[t];
            classes[t] = ids[t + 1];
        }
    }

    private static void CheckIds(ReadOnlySpan<int> ids, int tokens, string text, string argument)
    {
        int i = ids.IndexOfAnyExceptInRange(0, tokens - 1);
        if (i >= 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{text} has id {ids[i]} at place {i}; expected 0 to {tokens - 1}, because there are {tokens} tokens."), argument);
        }
    }
}
