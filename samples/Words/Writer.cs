using NetGen;
using NetGen.Training;

/// <summary>Lets a network write words, one character after the other.</summary>
/// <param name="network">Takes the id of a character and gives the probabilities of the next one, step by step.</param>
/// <param name="characters">What the ids stand for.</param>
/// <param name="sampler">Draws from the probabilities.</param>
internal sealed class Writer(IStreaming network, CharVocabulary characters, TokenSampler sampler)
{
    private readonly StreamState _state = network.NewState();
    private readonly float[] _probabilities = new float[network.StepOutputSize];

    /// <summary>Writes one word.</summary>
    /// <param name="typed">Called with each character as soon as it is drawn.</param>
    public string Word(Action<char>? typed = null)
    {
        int edge = characters.IdOf([WordList.Edge]);
        List<int> word = [];
        _state.Reset();
        int next = edge;
        while (word.Count < WordList.LongestWord)
        {
            network.Step([next], _state, _probabilities);
            next = sampler.NextFromProbabilities(_probabilities);
            if (next == edge)
            {
                break;
            }
            word.Add(next);
            typed?.Invoke(characters.Tokens[next][0]);
        }
        return characters.Decode([.. word]);
    }
}
