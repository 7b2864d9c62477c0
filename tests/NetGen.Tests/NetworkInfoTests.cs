namespace NetGen.Tests;

public sealed class NetworkInfoTests
{
    [Fact]
    public void Summary_is_a_table_of_layers_with_totals() => Assert.Equal(
        """
        TestNet
        Layer                       Output shape  Params  FLOPs
        -------------------------------------------------------
        input (Input)               2                  0      0
        standardize1 (Standardize)  2                  0      4
        dense1 (Dense(3))           3                  9     15
        -------------------------------------------------------
        9 parameters (36 bytes), 19 FLOPs per sample

        """.ReplaceLineEndings("\n"),
        new TestNetwork().Info.Summary());

    [Fact]
    public void Summary_groups_digits_with_commas_whatever_the_culture()
    {
        NetworkInfo info = new TestNetwork().Info;
        LayerInfo large = new("dense1", "Dense(3)", new Shape(3), 1_234_567, 9_876_543_210);
        Assert.Contains("1,234,567  9,876,543,210\n", (info with { Layers = [large] }).Summary());
    }

    [Fact]
    public void A_sample_is_one_row_of_all_inputs()
    {
        NetworkInfo info = new TestNetwork().Info with { Inputs = [new InputInfo("image", new Shape(1, 4, 4)), new InputInfo("meta", new Shape(3))] };
        Assert.Equal(19, info.InputSize);
    }
}
