using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>Networks that are records: <c>with</c> copies what a network has learnt, and shares nothing.</summary>
public sealed class RecordTests
{
    [Theory]
    [InlineData("public sealed partial record Net;")]
    [InlineData("public partial record Net;")]
    [InlineData("public sealed partial record Net : Base; public record Base;")]
    [InlineData("public partial record Net : Base; public record Base;")]
    public void A_copy_is_independent_and_trains_to_the_same_bits(string declaration)
    {
        using InMemoryNetworks networks = InMemoryNetworks.Compile($$"""
            using NetGen;
            [Network, Input(2), Standardize, Dense(4), Dropout(0.5f), Dense(1), MeanSquaredError] {{declaration}}
            public static class User { public static Net Copy(Net net) => net with { }; }
            """);
        ITrainable original = networks.Create<ITrainable>("Net");
        float[] samples = [1, 2, 3, 5];
        float[] targets = [1, -1];
        original.FitPreprocessing(samples);
        TrainStep(original);
        original.Forward(new Batch { Count = 2, Inputs = samples, Targets = targets });
        var copy = (ITrainable)networks.Assembly.GetType("User")!.GetMethod("Copy")!.Invoke(null, [original])!;

        Assert.Throws<InvalidOperationException>(copy.Backward);
        AssertSame();
        float[] before = copy.Parameters.ToArray();
        original.Backward();
        Assert.DoesNotContain(copy.Gradients.ToArray(), gradient => gradient != 0);
        TrainStep(original);
        Assert.Equal(before, copy.Parameters.ToArray());
        Assert.Equal(1, copy.StepCount);
        TrainStep(copy);
        AssertSame();

        void TrainStep(ITrainable network) => network.TrainStep(new Batch { Count = 2, Inputs = samples, Targets = targets }, new SGD(0.1f));

        void AssertSame()
        {
            Assert.Equal(original.Parameters.ToArray(), copy.Parameters.ToArray());
            Assert.Equal(original.State.ToArray(), copy.State.ToArray());
            Assert.Equal(original.StepCount, copy.StepCount);
        }
    }

    [Fact]
    public void Members_of_the_users_own_are_copied()
    {
        using InMemoryNetworks networks = InMemoryNetworks.Compile("""
            using NetGen;
            [Network, Input(2), Dense(1)] public partial record Net
            {
                private readonly int[] _kept = [1, 2];
                public string Label { get; init; } = "none";
                public int @class { get; } = System.Environment.ProcessId;
                public static int Shared { get; set; } = 3;
                public int Twice => 2 * _kept.Length;
                public bool IsCopyOf(Net other) => _kept == other._kept && @class == other.@class;
            }
            public sealed record Derived(string More) : Net;
            public static class User
            {
                public static string Use()
                {
                    Derived original = new("more") { Label = "mine" };
                    Derived copy = original with { More = "else" };
                    return $"{copy.Label} {copy.More} {copy.IsCopyOf(original)} {copy.Parameters == original.Parameters} {copy}";
                }
            }
            """);

        Assert.Equal(
            "mine else True False Derived { ParameterCount = 3, StepCount = 0, More = else }",
            networks.Assembly.GetType("User")!.GetMethod("Use")!.Invoke(null, []));
    }

    [Theory]
    [InlineData("public sealed partial record Net;", "Net { ParameterCount = 3, StepCount = 0 }")]
    [InlineData("public partial record Net : Base; public record Base { public int Size => 4; }", "Net { Size = 4, ParameterCount = 3, StepCount = 0 }")]
    public void A_record_prints_its_size_and_its_step(string declaration, string text)
    {
        using InMemoryNetworks networks = InMemoryNetworks.Compile($"using NetGen; [Network, Input(2), Dense(1)] {declaration}");

        Assert.Equal(text, networks.Create<INetwork>("Net").ToString());
    }
}
