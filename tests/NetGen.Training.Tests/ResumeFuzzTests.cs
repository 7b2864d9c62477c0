using System.Text;
using NetGen.Testing;

namespace NetGen.Training.Tests;

/// <summary>Damaged files that a training or a search goes on from: it goes on or refuses the file, and then nothing has changed.</summary>
public sealed class ResumeFuzzTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_training_goes_on_from_a_damaged_checkpoint_or_is_as_it_was() =>
        Resume([Checkpoint(epochs: 1), Checkpoint(epochs: 2)], file => file, Damage.FitHeader);

    /// <summary>Damage in the middle of a file's strings, which the checks of the file itself do not see.</summary>
    [Theory]
    [InlineData("netgen.training")]
    [InlineData("netgen.optimizer.steps")]
    public void A_training_goes_on_from_a_damaged_record_or_is_as_it_was(string key)
    {
        SafetensorsFile whole = SafetensorsFile.Read(new MemoryStream(Checkpoint(epochs: 1)));
        Resume([Encoding.UTF8.GetBytes(whole.Metadata[key])], damaged =>
        {
            using MemoryStream stream = new();
            new SafetensorsFile(whole.Tensors, new Dictionary<string, string>(whole.Metadata) { [key] = Encoding.UTF8.GetString(damaged) }).Write(stream);
            return stream.ToArray();
        });
    }

    [Fact]
    public void A_search_goes_on_from_a_damaged_file_or_refuses_it()
    {
        string path = Path.Combine(_folder.FullName, "search.jsonl");
        Run();
        byte[] valid = File.ReadAllBytes(path);
        (int taken, int refused) = Fuzzing.Run(
            random => Damage.Of([valid], random),
            file =>
            {
                File.WriteAllBytes(path, file);
                try
                {
                    Run();
                    return true;
                }
                catch (Exception exception) when (exception is InvalidDataException or AggregateException { InnerException: InvalidDataException })
                {
                    return false;
                }
            },
            cases: 300);
        Assert.True(taken > 10 && refused > 10, $"{taken} files were taken and {refused} refused");

        void Run()
        {
            SearchSpace<double> space = new SearchSpace<double>(0).Logarithmic("rate", 1e-3, 1, (_, value) => value);
            new Search<double>(space, trial => trial.Settings) { ResultsFile = path, Parallel = 1 }.Random(trials: 3);
        }
    }

    private void Resume(IReadOnlyList<byte[]> valid, Func<byte[], byte[]> toFile, Func<byte[], byte[]>? repair = null)
    {
        Dataset data = Data();
        string path = Path.Combine(_folder.FullName, "last.safetensors");
        (int taken, int refused) = Fuzzing.Run(
            random => Damage.Of(valid, random, repair),
            damaged =>
            {
                File.WriteAllBytes(path, toFile(damaged));
                WindowNet network = new(seed: 2);
                float[] before = network.Parameters.ToArray();
                Adam optimizer = new(0.5f);
                try
                {
                    NewTrainer(network, optimizer, epochs: 2).Fit(data);
                    return true;
                }
                catch (NetworkFormatException)
                {
                    Assert.Equal(before, network.Parameters.ToArray());
                    Assert.True(((IStateful)network).CarriedStates.IsEmpty);
                    Assert.Equal((0, 0.5f), (network.StepCount, optimizer.LearningRate));
                    return false;
                }
                catch (InvalidOperationException exception) when (exception.Message.StartsWith("The loss became", StringComparison.Ordinal))
                {
                    return true;   // a file of numbers that nobody can train
                }
            },
            cases: 300,
            allocated: length => 2_000_000 + (100 * length));
        Assert.True(taken > 10 && refused > 10, $"{taken} files were taken and {refused} refused");
    }

    private byte[] Checkpoint(int epochs)
    {
        string path = Path.Combine(_folder.FullName, "last.safetensors");
        File.Delete(path);
        NewTrainer(new WindowNet(seed: 1), new Adam(0.5f), epochs).Fit(Data());
        return File.ReadAllBytes(path);
    }

    private Trainer<WindowNet> NewTrainer(WindowNet network, Adam optimizer, int epochs) => new(network, optimizer)
    {
        Epochs = epochs,
        BatchSize = 5,
        EarlyStopping = new EarlyStopping(patience: 3),
        Checkpoints = new Checkpoints(_folder.FullName) { KeepBest = 2 },
    };

    private static Dataset Data() => Dataset.FromArrays([.. Enumerable.Range(0, 120).Select(i => MathF.Sin(i))], 6, [.. Enumerable.Range(0, 20).Select(i => MathF.Cos(i))], 1);
}
