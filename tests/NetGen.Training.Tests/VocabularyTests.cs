namespace NetGen.Training.Tests;

public sealed class VocabularyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Characters_are_numbered_by_code_point()
    {
        CharVocabulary vocabulary = CharVocabulary.Build("bca\n😀äb");

        Assert.Equal(["\n", "a", "b", "c", "ä", "😀"], vocabulary.Tokens);
        Assert.Equal(6, vocabulary.Count);
        Assert.Null(vocabulary.UnknownId);
        Assert.Equal([2, 5, 0], vocabulary.Encode("b😀\n"));
        Assert.Equal("b😀\n", vocabulary.Decode([2, 5, 0]));
    }

    [Fact]
    public void An_unknown_character_is_an_error_or_id_0()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => CharVocabulary.Build("ab").Encode("a\tb"));
        Assert.Contains(@"'\t' is none of the vocabulary's 2 tokens", error.Message);

        CharVocabulary vocabulary = CharVocabulary.Build("ab", unknown: true);
        Assert.Equal(0, vocabulary.UnknownId);
        Assert.Equal([1, 0, 2], vocabulary.Encode("a?b"));
        Assert.Equal("a<unknown>b", vocabulary.Decode([1, 0, 2]));
    }

    [Fact]
    public void Words_are_numbered_by_count_and_then_in_ordinal_order()
    {
        WordVocabulary vocabulary = WordVocabulary.Build("the cat, the dog; a cat and the end.");

        Assert.Equal([Vocabulary.Unknown, "the", "cat", ",", ".", ";", "a", "and", "dog", "end"], vocabulary.Tokens);
        Assert.Equal([1, 8, 7, 0], vocabulary.Encode("the dog and mouse"));
        Assert.Equal("the dog, the cat; <unknown>.", vocabulary.Decode(vocabulary.Encode("the dog , the cat;mouse.")));
    }

    [Fact]
    public void Rare_words_and_those_beyond_the_most_are_unknown()
    {
        Assert.Equal([Vocabulary.Unknown, "a", "b"], WordVocabulary.Build("a a a b b c", leastCount: 2).Tokens);
        Assert.Equal([Vocabulary.Unknown, "a"], WordVocabulary.Build("a a a b b c", most: 2).Tokens);
        Assert.Throws<ArgumentOutOfRangeException>(() => WordVocabulary.Build("a", most: 0));
    }

    [Theory]
    [InlineData("don't rock-n-roll 'quoted' -- x2", new[] { "don't", "rock-n-roll", "'", "quoted", "'", "-", "-", "x2" })]
    [InlineData("été (naïve)…", new[] { "été", "(", "naïve", ")", "…" })]
    [InlineData("a😀b\r\n\tc-", new[] { "a", "😀", "b", "c", "-" })]
    [InlineData("e\u0301t", new[] { "e\u0301t" })]
    [InlineData("  ", new string[0])]
    public void Text_is_divided_into_words(string text, string[] words)
    {
        WordVocabulary vocabulary = WordVocabulary.Build(text);

        Assert.Equal(words, vocabulary.Encode(text).Select(id => vocabulary.Tokens[id]));
    }

    [Fact]
    public void A_saved_vocabulary_loads_with_the_same_ids()
    {
        CharVocabulary characters = CharVocabulary.Build("\n\r\t \\nab😀", unknown: true);
        characters.Save(Path("characters.txt"));
        Assert.Equal(characters.Tokens, CharVocabulary.Load(Path("characters.txt")).Tokens);
        Assert.Equal("NetGen vocabulary of characters\n<unknown>\n\\t\n\\n\n\\r\n \n\\\\\na\nb\nn\n😀\n", File.ReadAllText(Path("characters.txt")));

        WordVocabulary words = WordVocabulary.Build("it's a \\ word");
        words.Save(Path("words.txt"));
        Assert.Equal(words.Tokens, WordVocabulary.Load(Path("words.txt")).Tokens);
    }

    [Theory]
    [InlineData("", "line 1: expected 'NetGen vocabulary of characters'")]
    [InlineData("NetGen vocabulary of words\na\n", "line 1: expected 'NetGen vocabulary of characters'")]
    [InlineData("NetGen vocabulary of characters\n", "has no tokens")]
    [InlineData("NetGen vocabulary of characters\na\nbc\n", "line 3: expected one character, got 'bc'")]
    [InlineData("NetGen vocabulary of characters\na\n\nb\n", "line 3: expected one character, got ''")]
    [InlineData("NetGen vocabulary of characters\na\nb\na\n", "line 4: expected each token once, got 'a'")]
    [InlineData("NetGen vocabulary of characters\n\\x\n", @"line 2: expected \n, \r, \t or \\ where there is a backslash, got '\x'")]
    public void A_damaged_file_is_refused_with_its_line(string text, string message)
    {
        File.WriteAllText(Path("bad.txt"), text);

        Assert.Contains(message, Assert.Throws<DatasetFormatException>(() => CharVocabulary.Load(Path("bad.txt"))).Message);
    }

    [Fact]
    public void A_file_of_other_bytes_than_text_or_of_words_without_the_unknown_one_is_refused()
    {
        File.WriteAllBytes(Path("bytes.txt"), [0x61, 0xFF, 0x62]);
        Assert.Contains("expected UTF-8 text", Assert.Throws<DatasetFormatException>(() => CharVocabulary.Load(Path("bytes.txt"))).Message);

        File.WriteAllText(Path("words.txt"), "NetGen vocabulary of words\nhello\n");
        Assert.Contains("has no token <unknown>", Assert.Throws<DatasetFormatException>(() => WordVocabulary.Load(Path("words.txt"))).Message);

        Assert.Throws<FileNotFoundException>(() => WordVocabulary.Load(Path("nowhere.txt")));
    }

    [Fact]
    public void Ids_that_are_none_and_empty_vocabularies_are_refused()
    {
        CharVocabulary vocabulary = CharVocabulary.Build("ab");

        Assert.Contains("Expected ids from 0 to 1, got 2.", Assert.Throws<ArgumentOutOfRangeException>("ids", () => vocabulary.Decode([0, 2])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.Decode([-1]));
        Assert.Throws<ArgumentException>(() => CharVocabulary.Build(""));
    }

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);
}
