using NetGen;
using NetGen.Training;

/// <summary>Lets a network write words, one character after the other.</summary>
/// <param name="network">Takes an id a step and gives the probabilities of the next character.</param>
/// <param name="characters">What the ids stand for.</param>
/// <param name="sampler">Draws from the probabilities.</param>
/// <param name="read">The id that a step reads after some characters; the last of them by default.</param>
internal sealed class Writer(IStreaming network, CharVocabulary characters, TokenSampler sampler, Func<IReadOnlyList<int>, int>? read = null)
{
    private readonly StreamState _state = network.NewState();
    private readonly float[] _probabilities = new float[network.StepOutputSize];

    /// <summary>Writes one word.</summary>
    /// <param name="typed">Called with each character as soon as it is drawn.</param>
    public string Word(Action<char>? typed = null)
    {
        int edge = characters.IdOf([WordList.Edge]);
        List<int> word = [edge];
        _state.Reset();
        while (word.Count <= WordList.LongestWord)
        {
            network.Step([read?.Invoke(word) ?? word[^1]], _state, _probabilities);
            int next = sampler.NextFromProbabilities(_probabilities);
            if (next == edge)
            {
                break;
            }
            word.Add(next);
            typed?.Invoke(characters.Tokens[next][0]);
        }
        return characters.Decode([.. word[1..]]);
    }
}
