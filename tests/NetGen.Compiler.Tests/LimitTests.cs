using NetGen.Testing;

namespace NetGen.Compiler.Tests;

/// <summary>Networks at and beyond what can be compiled: each gives an issue at the layer that caused it, or works.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("[Input(65536, 65536, 65536, 65536), Flatten, Dense(3)]", "NETG020", "0")]
    [InlineData("[Input(65536, 65536), Dense(3)]", "NETG020", "0")]
    [InlineData("[Input(60000), Dense(60000)]", "NETG043", "1")]
    [InlineData("[Input(100000, 1), Dense(100000)]", "NETG043", "1")]
    [InlineData("[Input(300000000, Name = \"a\"), Input(200000000, Name = \"b\"), Concat(\"a\", \"a\", \"a\", \"a\", \"a\", \"a\", \"a\")]", "NETG043", "2")]
    [InlineData("[Input(200000000), Sigmoid, Sigmoid, Sigmoid, Sigmoid]", "NETG043", "")]
    [InlineData("[Input(4, 4), Reshape(2147483647, 2147483647, 2147483647)]", "NETG042", "1")]
    [InlineData("[Input(3, 8, 8), Softmax]", "NETG040", "1")]
    [InlineData("[Input(3, 8, 8), ReLU]\n[SoftmaxCrossEntropy]", "NETG050", "2")]
    [InlineData("[Input(3, 8, 8), Conv2D(4, 3, Pad = int.MaxValue)]", "NETG020", "1")]
    [InlineData("[Input(3, 8, 8), Conv2D(4, 3, Pad = 1073741824, Stride = int.MaxValue)]", "NETG020", "1")]
    [InlineData("[Input(3, 8, 8), Conv2D(4, 3, Dilation = 1073741823)]", "NETG020", "1")]
    [InlineData("[Input(3, 8, 8), ConvTranspose2D(4, 3, Dilation = 1073741823)]", "NETG020", "1")]
    [InlineData("[Input(3, 8, 8), Pad(1000000000)]", "NETG020", "1")]
    [InlineData("[Input(3, 8, 8), Conv2D(4, 1, Pad = 30000)]", "NETG043", "1")]
    [InlineData("[Input(3, 8, 8), Conv2D(4, 46341)]", "NETG043", "1")]
    [InlineData("[Input(40000000, 1), SelfAttention(1)]", "NETG043", "1")]
    [InlineData("[Input(3, 8, 8), ConvTranspose2D(4, 65537, Pad = 32768)]", "NETG043", "1")]
    [InlineData("[Input(1, 3, 3), ConvTranspose2D(4, 3, Stride = 2147483647, Pad = 2147483647)]", "NETG020", "1")]
    [InlineData("[Input(3, 8, 8), AvgPool2D(65536, Pad = 32768)]", "NETG020", "1")]
    [InlineData("[Input(3, 8, 8), MaxPool2D(1073741823, 1, Pads = new[] { 536870912, 0, 536870912, 0 })]", "NETG020", "1")]
    [InlineData("[Input(2, 9, 9), MaxPool2D(2, Dilation = 12, Pad = 4, Stride = 2)]", "NETG020", "1")]
    public void What_cannot_be_addressed_or_computed_is_an_issue(string attributes, string id, string path)
    {
        Issues.Issue issue = Assert.Single(NetworkCompiler.Analyze(Specs.Of(attributes), CancellationToken.None));
        Assert.Equal(id, issue.Descriptor.Id);
        Assert.Equal(path, string.Join('.', issue.Path));
    }

    [Theory]
    [InlineData("[Input(3, 8, 8), Conv2D(4, 1, Pad = 30000)]",
        "conv2d1 would need 14,403,840,256 floats for one sample, more than the 2^31 - 1 that one buffer holds; use a smaller Pad, or make the layer smaller")]
    [InlineData("[Input(3, 8, 8), Pad(50000)]", "pad1 expects sizes that keep a sample within 2,147,418,112 floats, got 50000")]
    [InlineData("[Input(3, 8, 8), Conv2D(4, 3, Dilation = 1073741823)]", "conv2d1 expects dilation that keeps the padded image within 2^30 pixels an axis, got 2147483654")]
    [InlineData("[Input(3, 8, 8), ConvTranspose2D(4, 3, Stride = 2, OutputPadding = int.MaxValue)]",
        "convtranspose2d1 expects outputPadding of at least 0 and below 2, the larger of stride and dilation, got 2147483647")]
    [InlineData("[Input(9, 3), MaxPool1D(2)]",
        "maxpool1d1 leaves out the last time step of the sequence of 9 time steps that input gives, where its windows of 2 do not fit any more; "
        + "pad the sequence, for instance with Padding.SameUpper, if they matter")]
    [InlineData("[Input(3, 11, 12), AvgPool2D(3, Pad = 1)]",
        "avgpool2d1 leaves out the last column of the 11x12 image that input gives, where its 3x3 windows do not fit any more; "
        + "pad the image, for instance with Padding.SameUpper in the place of Pad, if they matter")]
    [InlineData("[Input(3, 10, 10), MaxPool2D(2, Stride = 3)]",
        "maxpool2d1 leaves out the last row and the last column of the 10x10 image that input gives, where its 2x2 windows do not fit any more; "
        + "pad the image, for instance with Padding.SameUpper, if they matter")]
    public void What_it_says_is_what_is_wrong_with_it(string attributes, string message)
    {
        Issues.Issue issue = Assert.Single(NetworkCompiler.Analyze(Specs.Of(attributes), CancellationToken.None));
        Assert.Equal(message, issue.Message);
    }

    [Theory]
    [InlineData("[Input(3, 9, 9), MaxPool2D(2, Stride = 3)]")]
    [InlineData("[Input(3, 10, 10), MaxPool2D(2, Stride = 3, Padding = Padding.SameUpper)]")]
    [InlineData("[Input(9, 3), MaxPool1D(1, Stride = 5)]")]
    public void What_a_stride_steps_over_is_left_out_on_purpose(string attributes) => Assert.Empty(NetworkCompiler.Analyze(Specs.Of(attributes), CancellationToken.None));

    [Fact]
    public void A_block_repeated_without_end_is_an_issue_and_not_a_wait()
    {
        const string blocks = "[Block, Repeat<Inner>(10000)] file class Outer;\n[Block, ReLU] file class Inner;";
        Assert.Equal("NETG043", Assert.Single(NetworkCompiler.Analyze(Specs.Of("[Input(2), Repeat<Outer>(10000)]", blocks), CancellationToken.None)).Descriptor.Id);
    }

    [Fact]
    public void A_parameter_whose_name_two_blocks_claim_is_an_issue()
    {
        const string blocks = """
            [Block, Residual<Same>(Name = "projection")] file class Body;
            [Block, Dense(2, Name = "dense1")] file class Projection;
            [Block, Dense(2)] file class Same;
            """;
        Assert.Equal("NETG030", Assert.Single(NetworkCompiler.Analyze(Specs.Of("[Input(2), Residual<Body, Projection>]", blocks), CancellationToken.None)).Descriptor.Id);
    }

    [Fact]
    public void Sharing_goes_through_layers_that_share() =>
        Assert.Equal(
            ["a.weight", "a.bias"],
            NetworkCompiler.Lower(
                Specs.Of("[Input(2), Dense(2, Name = \"a\"), Dense(2, Name = \"b\", Share = \"a\"), Dense(2, Name = \"c\", Share = \"b\"), Dense(2, Share = \"c\")]"),
                CancellationToken.None).Parameters.Select(parameter => parameter.Name));

    [Fact]
    public void Preprocessing_may_stand_in_a_block()
    {
        using InMemoryNetworks networks = InMemoryNetworks.Compile("""
            using NetGen;
            [Network, Input(3), Residual<Scaled>, Dense(1), MeanSquaredError] public sealed partial class Net;
            [Block, Standardize, Dense(3)] file class Scaled;
            """);
        Assert.Equal(["res1.standardize1.mean", "res1.standardize1.std"], networks.Create<INetwork>("Net").Info.State.Select(state => state.Name));
    }

    [Fact]
    public void Two_hundred_layers_compile()
    {
        string layers = string.Concat(Enumerable.Range(0, 100).Select(_ => ", Dense(4), Tanh"));
        using InMemoryNetworks networks = InMemoryNetworks.Compile($"using NetGen;\n[Network, Input(4){layers}, MeanSquaredError] public sealed partial class Deep;");
        var deep = networks.Create<ITrainable>("Deep");
        Assert.True(float.IsFinite(deep.Forward(new Batch { Count = 1, Inputs = [1, 2, 3, 4], Targets = [0, 0, 0, 0] })));
        deep.Backward();
    }
}
