using System.Globalization;

namespace NetGen.Training.Tests;

public sealed class CsvTests
{
    [Fact]
    public void Integer_labels_are_indexed_in_numeric_order()
    {
        Dataset data = Dataset.FromCsv(new StringReader("x,digit,y\n1,10,2\n3,9,4\n-1.5e1, 09 ,.5\n"), label: "digit");

        Assert.Equal(["9", "10"], data.ClassNames);
        Assert.Equal([1, 0, 0], data.Classes);
        Assert.Equal(["x", "y"], data.FeatureNames);
        Assert.Equal([1, 2, 3, 4, -15, 0.5f], data.Features);
    }

    [Fact]
    public void Text_labels_are_indexed_in_ordinal_order()
    {
        Dataset data = Dataset.FromCsv(new StringReader("x,kind\n1,b\n2,a\n3,10\n4,B\n5,9\n"), label: "kind");

        Assert.Equal(["10", "9", "B", "a", "b"], data.ClassNames);
        Assert.Equal([4, 3, 0, 2, 1], data.Classes);
    }

    [Fact]
    public void Targets_come_in_the_order_asked_for()
    {
        Dataset data = Dataset.FromCsv(new StringReader("a,x,b\n1,2,3\n4,5,6\n"), targets: ["b", "a"]);

        Assert.Equal([3, 1, 6, 4], data.Targets);
        Assert.Equal([2, 5], data.Features);
        Assert.Equal(["b", "a"], data.TargetNames);
        Assert.False(data.HasClasses);
    }

    [Fact]
    public void Ignored_columns_may_hold_anything()
    {
        CsvOptions options = new() { IgnoredColumns = ["id"] };
        Dataset data = Dataset.FromCsv(new StringReader("id,x,y\nfirst,1,a\n,2,b\n"), label: "y", options);

        Assert.Equal(["x"], data.FeatureNames);
        Assert.Equal([1, 2], data.Features);
    }

    [Fact]
    public void Categories_become_features_of_zeros_and_one_or_an_index()
    {
        const string text = "colour,x,size\nred,1,10\nblue,2,9\nred,3,10\n";
        Dataset oneHot = Dataset.FromCsv(new StringReader(text), targets: ["x"], new CsvOptions { OneHotColumns = ["colour"], IndexedColumns = ["size"] });

        Assert.Equal(["colour=blue", "colour=red", "size"], oneHot.FeatureNames);
        Assert.Equal([0, 1, 1, 1, 0, 0, 0, 1, 1], oneHot.Features);
        Assert.Equal(["9", "10"], oneHot.Categories["size"]);

        // A later file has the training file's categories, in its own order or not at all.
        CsvOptions later = new() { OneHotColumns = ["colour"], IndexedColumns = ["size"], Categories = oneHot.Split(0.5, 0.5, seed: 1).Train.Categories };
        Assert.Equal([0, 1, 1], Dataset.FromCsv(new StringReader("x,colour,size\n1,red,10\n"), targets: ["x"], later).Features);
        DatasetFormatException exception = Assert.Throws<DatasetFormatException>(() => Dataset.FromCsv(new StringReader("x,colour,size\n1,green,10\n"), targets: ["x"], later));
        Assert.Contains("CSV, line 2, column 2 \"colour\": expected one of blue, red, found \"green\".", exception.Message);
    }

    [Fact]
    public void Missing_cells_become_numbers_that_are_not_known()
    {
        CsvOptions options = new() { MissingValues = ["", "NA"], OneHotColumns = ["colour"] };
        Dataset data = Dataset.FromCsv(new StringReader("x,colour,y\n1,red,a\nNA,,b\n,blue,a\n"), label: "y", options);

        Assert.True(data.HasMissing);
        Assert.Equal([1, 0, 1, float.NaN, 0, 0, float.NaN, 1, 0], data.Features);
        Assert.Contains("has missing values (NaN)", Assert.Throws<ArgumentException>(() =>
            ClassificationReport.Evaluate(new LinearNetwork(3, 2), data)).Message);
        Assert.Contains("expected a label", Assert.Throws<DatasetFormatException>(
            () => Dataset.FromCsv(new StringReader("x,y\n1,\n"), label: "y", options with { OneHotColumns = [] })).Message);
        Assert.Contains("expected a category", Assert.Throws<DatasetFormatException>(() =>
            Dataset.FromCsv(new StringReader("x,colour,y\n1,NA,a\n"), label: "y", options with { OneHotColumns = [], IndexedColumns = ["colour"] })).Message);
    }

    [Theory]
    [InlineData("x,y\n1,a\n2,NA\n", "CSV, line 3, column 2 \"y\": expected a label, found \"NA\"")]
    [InlineData("x,y\n1,a\n2,\n", "CSV, line 3, column 2 \"y\": expected a label, found \"\"")]
    [InlineData("y,x\n1,2\n-999,3\n", "CSV, line 3, column 1 \"y\": expected a target, found \"-999\"", true)]
    [InlineData("x,y\n1,2\n\n3,NA\n", "CSV, line 4, column 2 \"y\": expected a target, found \"NA\"", true)]
    public void What_is_learned_may_not_be_missing(string text, string message, bool isTarget = false)
    {
        CsvOptions options = new() { MissingValues = ["", "NA", "-999"] };

        DatasetFormatException exception = Assert.Throws<DatasetFormatException>(() =>
            isTarget ? Dataset.FromCsv(new StringReader(text), targets: ["y"], options) : Dataset.FromCsv(new StringReader(text), label: "y", options));

        Assert.StartsWith($"{message}, which is one of CsvOptions.MissingValues. What is learned has to be there: delete the row, or take", exception.Message);
        Assert.Equal("y", exception.Column);
    }

    [Theory]
    [InlineData(new[] { "x" }, new[] { "x" }, "\"x\" is to be a category, but also something else")]
    [InlineData(new[] { "y" }, new string[0], "\"y\" is to be a category, but also something else")]
    [InlineData(new string[0], new[] { "z" }, "no column \"z\"")]
    public void Categories_that_contradict_the_rest_are_refused(string[] oneHot, string[] indexed, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() =>
            Dataset.FromCsv(new StringReader("x,w,y\n1,2,a\n"), label: "y", new CsvOptions { OneHotColumns = oneHot, IndexedColumns = indexed })).Message);

    [Fact]
    public void Categories_that_are_given_twice_are_refused()
    {
        CsvOptions options = new() { OneHotColumns = ["x"], Categories = new Dictionary<string, IReadOnlyList<string>> { ["x"] = ["red", "blue", "red"] } };
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Dataset.FromCsv(new StringReader("x,y\nred,a\n"), label: "y", options));

        Assert.Equal("Categories of the column \"x\" has \"red\" 2 times; expected each once.", exception.Message);
    }

    [Fact]
    public void Columns_without_a_header_are_numbered()
    {
        CsvOptions options = new() { HasHeader = false, Separator = ';' };
        Dataset data = Dataset.FromCsv(new StringReader("1;2;a\n3;4;b\n"), label: "column3", options);

        Assert.Equal([1, 2, 3, 4], data.Features);
        Assert.Equal(["column1", "column2"], data.FeatureNames);
    }

    [Fact]
    public void Quotes_line_ends_of_Windows_and_byte_order_marks_are_read()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "\"x\",\"a, \"\"b\"\"\"\r\n\"1\",cat\r\n\r\n2,\"dog, wet\"\r\n", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            Dataset data = Dataset.FromCsv(path, label: "a, \"b\"");

            Assert.Equal(["x"], data.FeatureNames);
            Assert.Equal(["cat", "dog, wet"], data.ClassNames);
            Assert.Equal([1, 2], data.Features);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_culture_of_the_machine_does_not_matter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
            Assert.Equal([1.5f], Dataset.FromCsv(new StringReader("x,y\n1.5,a\n"), label: "y").Features);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("", null, null, "CSV is empty")]
    [InlineData("x,y\n", null, null, "CSV has a header but no rows.")]
    [InlineData("x,y\n1,a\nabc,b\n", 3, "x", "CSV, line 3, column 1 \"x\": expected a finite number, found \"abc\".")]
    [InlineData("x,y\n\n1,a\n,b\n", 4, "x", "CSV, line 4, column 1 \"x\": expected a finite number, found an empty cell.")]
    [InlineData("x,y\nNaN,a\n", 2, "x", "expected a finite number, found \"NaN\".")]
    [InlineData("x,y\n-Infinity,a\n", 2, "x", "found \"-Infinity\".")]
    [InlineData("x,y\n1e99,a\n", 2, "x", "found \"1e99\".")]
    [InlineData("x,y\n\"1,000\",a\n", 2, "x", "found \"1,000\".")]
    [InlineData("x,y\n1,\n", 2, "y", "CSV, line 2, column 2 \"y\": expected a label, found an empty cell.")]
    [InlineData("x,y\n1,a\n1\n", 3, null, "CSV, line 3: expected 2 cells, as in the header, found 1.")]
    [InlineData("x,y\n1,a,b\n", 2, null, "CSV, line 2: expected 2 cells, as in the header, found 3.")]
    [InlineData("x,y,x\n1,a,2\n", 1, "x", "CSV, line 1, column 1 \"x\": expected a name once in the header, found it 2 times.")]
    [InlineData("y\na\n", null, null, "CSV has no column left to be a feature; its columns are y.")]
    [InlineData("x,y\n1,a\n\"2,b\n", 3, null, "CSV, line 3: ")]
    public void Bad_data_is_refused_with_its_place(string text, int? line, string? column, string message)
    {
        DatasetFormatException exception = Assert.Throws<DatasetFormatException>(() => Dataset.FromCsv(new StringReader(text), label: "y"));

        Assert.Contains(message, exception.Message);
        Assert.Equal("CSV", exception.File);
        Assert.Equal(line, exception.Line);
        Assert.Equal(column, exception.Column);
    }

    [Theory]
    [InlineData("petal,kind\n1,rose\n", "CSV, line 2, column 2 \"kind\": expected a finite number, found \"rose\". "
        + "If \"kind\" is the label, pass label: \"kind\" (now \"petal\"); a feature can also be left out by CsvOptions.IgnoredColumns.")]
    [InlineData("petal,kind\n1,2\n1,rose\n", "found \"rose\". Correct or delete the row; a feature can also be left out by CsvOptions.IgnoredColumns.")]
    [InlineData("petal,kind\n1,\n", "found an empty cell. Correct or delete the row; ")]
    [InlineData("petal,kind\n1,NaN\n", "found \"NaN\". Correct or delete the row; ")]
    public void Text_from_the_first_row_on_may_be_the_label(string text, string message) =>
        Assert.Contains(message, Assert.Throws<DatasetFormatException>(() => Dataset.FromCsv(new StringReader(text), label: "petal")).Message);

    [Theory]
    [InlineData("x;y\n1;a\n", ',', "Its columns are x;y. That is one column: set CsvOptions.Separator = ';'.")]
    [InlineData("x\ty\n1\ta\n", ',', "That is one column: set CsvOptions.Separator = '\\t'.")]
    [InlineData("x,y\n1,a\n", ';', "That is one column: set CsvOptions.Separator = ','.")]
    [InlineData("\"x,y\"\n1\n", ',', "Its columns are x,y. (Parameter")]
    [InlineData("x;y,z\n1,a\n", ',', "Its columns are x;y, z. (Parameter")]
    public void A_header_that_is_one_cell_with_another_separator_is_told_so(string text, char separator, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() =>
            Dataset.FromCsv(new StringReader(text), label: "y", new CsvOptions { Separator = separator })).Message);

    [Fact]
    public void A_bad_target_is_refused_with_its_place()
    {
        DatasetFormatException exception = Assert.Throws<DatasetFormatException>(() => Dataset.FromCsv(new StringReader("x,y\n1,high\n"), targets: ["y"]));

        Assert.Contains("CSV, line 2, column 2 \"y\": expected a finite number, found \"high\". If \"y\" is the label, pass label: \"y\" (now targets: \"y\")", exception.Message);
    }

    [Fact]
    public void An_unknown_column_is_refused_with_a_list_of_those_there_are()
    {
        const string text = "x,y\n1,a\n";

        Assert.Contains("CSV has no column \"Y\". Its columns are x, y.", Assert.Throws<ArgumentException>(() => Dataset.FromCsv(new StringReader(text), label: "Y")).Message);
        Assert.Contains("\"z\"", Assert.Throws<ArgumentException>(() => Dataset.FromCsv(new StringReader(text), targets: ["z"])).Message);
        Assert.Contains("\"id\"", Assert.Throws<ArgumentException>(() =>
            Dataset.FromCsv(new StringReader(text), label: "y", new CsvOptions { IgnoredColumns = ["id"] })).Message);
    }

    [Fact]
    public void Columns_that_contradict_each_other_are_refused()
    {
        const string text = "x,y\n1,2\n";

        Assert.Throws<ArgumentException>(() => Dataset.FromCsv(new StringReader(text), targets: []));
        Assert.Throws<ArgumentException>(() => Dataset.FromCsv(new StringReader(text), targets: ["y", "y"]));
        Assert.Contains("to be ignored and to be learned", Assert.Throws<ArgumentException>(() =>
            Dataset.FromCsv(new StringReader(text), label: "y", new CsvOptions { IgnoredColumns = ["y"] })).Message);
    }

    [Fact]
    public void More_numbers_of_categories_than_memory_has_room_for_are_refused()
    {
        string text = "id,y\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},1\n"));

        Assert.Contains(
            "50000 rows of 50000 features",
            Assert.Throws<DatasetFormatException>(() => Dataset.FromCsv(new StringReader(text), label: "y", new CsvOptions { OneHotColumns = ["id"] })).Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        FileNotFoundException exception = Assert.Throws<FileNotFoundException>(() => Dataset.FromCsv("no-such-file.csv", label: "y"));

        Assert.Contains("There is no file no-such-file.csv", exception.Message);
        Assert.Equal("no-such-file.csv", exception.FileName);
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_refused_before_its_labels_become_one()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        File.WriteAllBytes(path, [.. "a,y\n1,"u8, 0xE9, (byte)'\n', .. "2,"u8, 0xE8, (byte)'\n']);
        try
        {
            var exception = Assert.Throws<DatasetFormatException>(() => Dataset.FromCsv(path, label: "y"));
            Assert.Contains("UTF-8", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
