using System.Reflection;

namespace NetGen.Networks.Tests;

/// <summary>What every generated class promises, whatever its layers.</summary>
public sealed class ContractTests
{
    /// <summary>All networks of this assembly; what only wraps one has no attribute.</summary>
    public static TheoryData<Type> Networks =>
        [.. typeof(ContractTests).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(INetwork)) && type.IsDefined(typeof(NetworkAttribute)))];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Constants_and_buffers_are_those_of_the_tables(Type type)
    {
        INetwork network = Create(type);
        NetworkInfo info = network.Info;

        Assert.Same(type.GetProperty("Info")!.GetValue(null), info);
        Assert.Equal(type.Name, info.Name);
        Assert.Equal(info.InputSize, Constant("InputSize"));
        Assert.Equal(info.OutputSize, Constant("OutputSize"));
        Assert.Equal(info.ParameterCount, Constant("ParameterCount"));
        Assert.Equal(network.WorkspaceSize, Constant("WorkspaceSize"));
        Assert.Equal(info.OutputSize, info.Outputs.Sum(output => output.Shape.Count));
        Assert.Equal(info.Layers[^1].OutputShape, info.Outputs[^1].Shape);
        Assert.Equal(info.ParameterCount, info.Layers.Sum(layer => layer.ParameterCount));
        AssertFits(info.Parameters, network.Parameters.Length);
        AssertFits(info.State, network.State.Length);
        network.Predict(Numbers.For(info, 1), new float[info.OutputSize]);

        int Constant(string name) => (int)type.GetField(name, BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_batch_longer_than_a_block_is_predicted_as_its_samples_are_one_by_one(Type type)
    {
        const int samples = 600;
        INetwork network = Create(type);
        float[] inputs = Numbers.For(network.Info, samples);
        float[] together = new float[samples * network.Info.OutputSize];
        float[] alone = new float[together.Length];
        network.Predict(inputs, together);
        for (int i = 0; i < samples; i++)
        {
            network.Predict(
                inputs.AsSpan(i * network.Info.InputSize, network.Info.InputSize),
                alone.AsSpan(i * network.Info.OutputSize, network.Info.OutputSize));
        }

        Closeness.AssertClose(alone, together, type.Name, tolerance: 1e-6);
        Assert.Contains(together, value => value != 0);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_host_that_knows_only_the_interface_predicts_in_its_own_workspace(Type type)
    {
        INetwork network = Create(type);
        Workspace workspace = new(network.WorkspaceSize);
        float[] input = Numbers.For(network.Info, 1);
        float[] expected = new float[network.Info.OutputSize];
        float[] actual = new float[expected.Length];
        network.Predict(input, expected);
        network.Predict(input, actual, workspace);
        Assert.Equal(Numbers.Bits(expected), Numbers.Bits(actual));

        network.PredictLogits(input, expected);
        network.PredictLogits(input, actual, workspace);
        Assert.Equal(Numbers.Bits(expected), Numbers.Bits(actual));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Only_a_network_with_a_loss_has_the_members_that_train(Type type)
    {
        string[] members = ["Forward", "Backward", "TrainStep", "Evaluate", "Gradients", "Reserve", "FitPreprocessing"];
        bool trainable = type.GetCustomAttributes<LossAttribute>().Any();

        Assert.Equal(trainable, type.IsAssignableTo(typeof(ITrainable)));
        Assert.All(members, member => Assert.Equal(trainable, type.GetMember(member).Length > 0));
        Assert.Equal(trainable ? 2 : 1, Assert.Single(type.GetConstructors()).GetParameters().Length);
    }

    [Fact]
    public void A_network_may_stand_wherever_a_class_may()
    {
        Assert.Equal("GlobalNet", typeof(GlobalNet).FullName);
        Assert.True(new Outer.Middle.Nested() is ITrainable);
        Assert.NotEqual(new XorRecord(seed: 1), new XorRecord(seed: 1));
        Assert.All([typeof(GlobalNet), typeof(XorRecord), typeof(Classifier)], type => Assert.False(type.IsPublic));
    }

    [Fact]
    public void Networks_of_one_name_in_different_namespaces_are_different_networks()
    {
        Assert.Equal((2, 1), (One.Twin.InputSize, One.Twin.OutputSize));
        Assert.Equal((3, 2), (Two.Twin.InputSize, Two.Twin.OutputSize));
        Assert.NotEqual(One.Twin.Info.ArchitectureHash, Two.Twin.Info.ArchitectureHash);
    }

    [Fact]
    public void The_summary_is_a_table_of_layers() => Assert.Equal(
        """
        Classifier
        Layer                       Output shape  Params  FLOPs
        -------------------------------------------------------
        input (Input)               6                  0      0
        standardize1 (Standardize)  6                  0     12
        dense1 (Dense(16))          16               112    208
        relu1 (ReLU)                16                 0     16
        dropout1 (Dropout(0.3))     16                 0      0
        dense2 (Dense(3))           3                 51     99
        -------------------------------------------------------
        163 parameters (652 bytes), 335 FLOPs per sample

        """,
        Classifier.Summary());

    [Fact]
    public void Parameters_start_on_cache_lines_and_gaps_stay_zero()
    {
        Regressor network = new(seed: 1);
        float[] inputs = Numbers.Of(4 * Regressor.InputSize);
        float[] targets = Numbers.Of(4 * Regressor.OutputSize);
        Adam optimizer = new(1e-2f);
        for (int step = 0; step < 3; step++)
        {
            network.TrainStep(inputs, targets, optimizer);
        }
        bool[] used = new bool[network.Parameters.Length];
        foreach (TensorInfo parameter in Regressor.Info.Parameters)
        {
            Assert.Equal(0, parameter.Offset % 16);
            used.AsSpan(parameter.Offset, parameter.Length).Fill(true);
        }
        float[] parameters = network.Parameters.ToArray();

        Assert.Contains(false, used);
        Assert.All(used.Zip(parameters).Where(pair => !pair.First), pair => Assert.Equal(0, pair.Second));
    }

    [Fact]
    public void The_number_of_steps_cannot_be_negative()
    {
        Classifier network = new() { StepCount = 3 };

        Assert.Throws<ArgumentOutOfRangeException>(() => network.StepCount = -1);
        Assert.Equal(3, network.StepCount);
    }

    private static INetwork Create(Type type) =>
        (INetwork)Activator.CreateInstance(type, type.IsAssignableTo(typeof(ITrainable)) ? [1L, 0] : [1L])!;

    private static void AssertFits(IReadOnlyList<TensorInfo> tensors, int length)
    {
        int end = 0;
        foreach (TensorInfo tensor in tensors)
        {
            Assert.True(tensor.Offset >= end, $"{tensor.Name} starts at {tensor.Offset}, before {end}");
            Assert.Equal(tensor.Shape.Count, tensor.Length);
            end = tensor.Offset + tensor.Length;
        }
        Assert.True(end <= length);
    }
}
