namespace NetGen;

/// <summary>What an input holds.</summary>
public enum InputType
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Ids of things, such as words: whole numbers from 0 up to the vocabulary of the table that reads them.</summary>
    Index,
}
