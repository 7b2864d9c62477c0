namespace NetGen.Allocation.Tests;

public sealed class PredictTests
{
    private const int Calls = 1000;

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void A_thousand_predictions_in_the_threads_workspace_allocate_nothing(int samples)
    {
        EveryLayer network = new();
        float[] input = Numbers.Of(samples * EveryLayer.InputSize);
        float[] output = new float[samples * EveryLayer.OutputSize];

        Assert.Equal(0, AllocatedBytes.During(() =>
        {
            for (int i = 0; i < Calls; i++)
            {
                network.Predict(input, output);
                network.PredictLogits(input, output);
            }
        }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void A_thousand_predictions_in_the_callers_workspace_allocate_nothing(int samples)
    {
        EveryLayer network = new();
        float[] input = Numbers.Of(samples * EveryLayer.InputSize);
        float[] output = new float[samples * EveryLayer.OutputSize];
        Workspace workspace = new(2 * EveryLayer.WorkspaceSize);

        Assert.Equal(0, AllocatedBytes.During(() =>
        {
            for (int i = 0; i < Calls; i++)
            {
                network.Predict(input, output, workspace);
                network.PredictLogits(input, output, workspace);
            }
        }));
    }

    [Fact]
    public void A_thread_that_has_never_predicted_allocates_nothing_with_the_callers_workspace()
    {
        EveryLayer network = new();
        float[] input = Numbers.Of(EveryLayer.InputSize);
        float[] output = new float[EveryLayer.OutputSize];
        Workspace workspace = new(EveryLayer.WorkspaceSize);

        // Compiled here, so that the new threads below do nothing for the first time but have a workspace.
        network.Predict(input, output, workspace);
        Assert.Equal(0, AllocatedBytes.Least(() => OnNewThread(() => network.Predict(input, output, workspace))));
        Assert.True(AllocatedBytes.Least(() => OnNewThread(() => network.Predict(input, output))) >= sizeof(float) * EveryLayer.WorkspaceSize);

        static long OnNewThread(Action predict)
        {
            long allocated = 0;
            Thread thread = new(() =>
            {
                long before = AllocatedBytes.Now();
                predict();
                allocated = AllocatedBytes.Now() - before;
            });
            thread.Start();
            thread.Join();
            return allocated;
        }
    }

    [Fact]
    public void Blocks_of_a_long_batch_allocate_nothing()
    {
        SquaredNet network = new();
        const int samples = 3000;
        float[] input = Numbers.Of(samples * SquaredNet.InputSize);
        float[] output = new float[samples * SquaredNet.OutputSize];

        Assert.Equal(0, AllocatedBytes.During(() => network.Predict(input, output)));
    }

    [Fact]
    public void A_thousand_predictions_from_several_inputs_allocate_nothing()
    {
        TwoInputs network = new();
        float[] image = Numbers.Of(6);
        float[] meta = Numbers.Of(5);
        float[] both = [.. image, .. meta];
        float[] output = new float[TwoInputs.OutputSize];
        Workspace workspace = new(TwoInputs.WorkspaceSize);

        Assert.Equal(0, AllocatedBytes.During(() =>
        {
            for (int i = 0; i < Calls; i++)
            {
                network.Predict(image, meta, output);
                network.Predict(image, meta, output, workspace);
                network.Predict(both, output);
            }
        }));
    }

    [Fact]
    public void Networks_that_take_turns_on_one_thread_allocate_nothing()
    {
        INetwork[] networks = [new SquaredNet(), new EveryLayer(), new TwoInputs()];
        float[][] inputs = [.. networks.Select(network => Numbers.Of(5 * network.Info.InputSize))];
        float[][] outputs = [.. networks.Select(network => new float[5 * network.Info.OutputSize])];

        Assert.Equal(0, AllocatedBytes.During(() =>
        {
            for (int i = 0; i < Calls; i++)
            {
                networks[i % 3].Predict(inputs[i % 3], outputs[i % 3]);
            }
        }));
    }
}
