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
    public void Summary_lists_several_outputs_with_their_losses_and_places_in_the_row()
    {
        NetworkInfo info = new TestNetwork().Info with
        {
            Outputs = [new("digit", new Shape(2), 0, LossKind.SoftmaxCrossEntropy, 1), new("slant", new Shape(1), 2, LossKind.MeanSquaredError, 0.5f)],
        };
        Assert.Equal(
            """
            TestNet
            Layer                                         Output shape  Params  FLOPs
            -------------------------------------------------------------------------
            input (Input)                                 2                  0      0
            standardize1 (Standardize)                    2                  0      4
            dense1 (Dense(3))                             3                  9     15
            digit (Output, SoftmaxCrossEntropy)           2, row[0..2]       0      0
            slant (Output, MeanSquaredError, weight 0.5)  1, row[2..3]       0      0
            -------------------------------------------------------------------------
            9 parameters (36 bytes), 19 FLOPs per sample

            """.ReplaceLineEndings("\n"),
            info.Summary());
    }

    [Fact]
    public void A_sample_is_one_row_of_all_inputs()
    {
        NetworkInfo info = new TestNetwork().Info with { Inputs = [new InputInfo("image", new Shape(1, 4, 4)), new InputInfo("meta", new Shape(3))] };
        Assert.Equal(19, info.InputSize);
    }

    [Fact]
    public void IndexOf_is_the_index_in_PyTorchs_shape_of_each_place_in_memory()
    {
        // A flattened 2x1x3 image, channels last in memory, to 2 outputs: view (out, c, h, w), order (2, 3, 1, 0).
        TensorInfo weight = new("dense1.weight", new Shape(2, 6), 0, 12, new TensorLayout([2, 2, 1, 3], [2, 3, 1, 0]));
        float[] rowMajor = [.. Enumerable.Range(0, 12).Select(i => (float)i)];
        float[] stored = new float[12];
        TensorLayouts.FromRowMajor(rowMajor, weight, stored);

        Assert.All(Enumerable.Range(0, 12), place => Assert.Equal([(int)stored[place] / 6, (int)stored[place] % 6], weight.IndexOf(place)));
        Assert.Equal([2], new TensorInfo("dense1.bias", new Shape(3), 16, 3).IndexOf(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => weight.IndexOf(12));
    }
}
