using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace NetGen.Training.Tests;

public sealed class LogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-logs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_csv_log_has_a_line_for_each_epoch()
    {
        string path = Path.Combine(_folder, "log.csv");
        TrainingHistory history = Fit(3, new CsvLog(path));
        string[] lines = File.ReadAllLines(path);

        Assert.Equal(4, lines.Length);
        Assert.Equal(lines[0].Split(',').Length, lines[1].Split(',').Length);
        EpochResult second = history[1];
        Assert.Equal(
            FormattableString.Invariant($"2,12,{second.TrainingLoss},{second.ValidationLoss},{second.ValidationAccuracy},0.001,0"), string.Join(',', lines[2].Split(',')[..7]));
    }

    [Fact]
    public void A_json_log_has_an_object_for_each_epoch()
    {
        string path = Path.Combine(_folder, "log.jsonl");
        TrainingHistory history = Fit(3, new JsonLinesLog(path));
        string[] lines = File.ReadAllLines(path);

        Assert.Equal(3, lines.Length);
        using JsonDocument second = JsonDocument.Parse(lines[1]);
        Assert.Equal(history[1].TrainingLoss, second.RootElement.GetProperty("trainingLoss").GetDouble());
        Assert.Equal(2, second.RootElement.GetProperty("epoch").GetInt32());
    }

    [Fact]
    public void A_training_that_goes_on_has_no_epoch_twice()
    {
        string path = Path.Combine(_folder, "log.csv");
        Fit(2, new CsvLog(path), "run");
        File.AppendAllText(path, "3,0,0,0,0,0,0,0,0\n");   // of a process that was killed after it
        Fit(4, new CsvLog(path), "run");

        Assert.Equal(["1", "2", "3", "4"], File.ReadAllLines(path).Skip(1).Select(line => line.Split(',')[0]));
        Assert.DoesNotContain("3,0,0", File.ReadAllText(path));
    }

    [Fact]
    public void An_event_file_has_the_records_that_TensorBoard_reads()
    {
        TrainingHistory history = Fit(2, new TensorBoardLog(Path.Combine(_folder, "events")));
        byte[][] events = [.. Records(File.ReadAllBytes(Directory.GetFiles(Path.Combine(_folder, "events")).Single()))];

        Assert.Equal(1 + 2 * 4, events.Length);
        Assert.Contains("brain.Event:2", Encoding.ASCII.GetString(events[0]));
        Assert.Contains("loss/training", Encoding.ASCII.GetString(events[1]));
        // wall_time (9 bytes), step 6, a summary of a value with a tag of 13 bytes and a float.
        Assert.Equal([0x10, 6, 0x2A, 22, 0x0A, 20, 0x0A, 13], events[1][9..17]);
        Assert.Equal(0x15, events[1][^5]);
        Assert.Equal((float)history[0].TrainingLoss, BinaryPrimitives.ReadSingleLittleEndian(events[1].AsSpan(^4)));
    }

    [Theory]
    [InlineData(12, 13)]   // the end of the second epoch, which the checkpoint has
    [InlineData(15, 13)]   // in the middle of the third
    [InlineData(4, 0)]     // in the middle of the first
    public void An_event_file_of_a_training_that_goes_on_begins_where_the_epochs_before_end(int step, byte restart)
    {
        string folder = Path.Combine(_folder, "events");
        using CancellationTokenSource source = new();
        StepAction cancel = new(result =>
        {
            if (result.Step == step)
            {
                source.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => Fit(4, new TensorBoardLog(folder), "run", cancel, source.Token));
        Fit(4, new TensorBoardLog(folder), "run");
        byte[][] events = [.. Records(File.ReadAllBytes(Directory.GetFiles(folder).Order(StringComparer.Ordinal).Last()))];

        Assert.Contains("brain.Event:2", Encoding.ASCII.GetString(events[0]));
        // wall_time (9 bytes), step, a session_log of 2 bytes: status START.
        Assert.Equal([0x10, restart, 0x3A, 2, 0x08, 1], events[1][9..]);
        Assert.Equal(2 + ((4 - (step / 6)) * 4), events.Length);
    }

    [Fact]
    public void Checksums_are_those_of_the_published_example()
    {
        // CRC-32C of "123456789" is E3069283 (RFC 3720); masked as TensorFlow's crc32c.h says.
        const uint crc = 0xE3069283;
        Assert.Equal(unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8), EventFile.MaskedCrc("123456789"u8));
    }

    [Fact]
    public void A_logger_and_a_progress_are_told_of_each_epoch()
    {
        Lines logger = new();
        Epochs progress = new();
        Fit(2, new LoggerObserver(logger));
        Fit(2, new ProgressObserver(progress));

        Assert.Equal(4, logger.Messages.Count);
        Assert.StartsWith("Training PointNet on 30 samples for 2 epochs, of which 0 are done; optimizer ", logger.Messages[0]);
        Assert.StartsWith("Epoch 1: loss ", logger.Messages[1]);
        Assert.Equal("Training of PointNet ended after 2 epochs", logger.Messages[3]);
        Assert.Equal([1, 2], progress.Seen);
    }

    [Fact]
    public void An_observer_sees_beginning_steps_epochs_and_end_also_of_a_training_that_fails()
    {
        Recorder recorder = new();
        Trainer<LinearNetwork> trainer = new(new LinearNetwork(1, 1, LossKind.MeanSquaredError), new Descent { LearningRate = 1e30f }) { Epochs = 2, BatchSize = 10 };
        trainer.Observers.Add(recorder);
        Assert.Throws<InvalidOperationException>(() => trainer.Fit(Samples.OfLine(20)));

        Assert.Equal(["begin", "step 1", "end"], recorder.Events);
    }

    private TrainingHistory Fit(int epochs, TrainingObserver observer, string? checkpoints = null, TrainingObserver? second = null, CancellationToken cancellationToken = default)
    {
        Trainer<PointNet> trainer = new(new PointNet(seed: 1), new Adam())
        {
            Epochs = epochs,
            BatchSize = 5,
            Checkpoints = checkpoints is null ? null : new Checkpoints(Path.Combine(_folder, checkpoints)),
        };
        trainer.Observers.Add(observer);
        if (second is not null)
        {
            trainer.Observers.Add(second);
        }
        Dataset data = Samples.OfClasses(9, 10, 11);
        return trainer.Fit(data, data, cancellationToken: cancellationToken);
    }

    /// <summary>The messages of a file of TFRecords, whose checksums are checked.</summary>
    private static IEnumerable<byte[]> Records(byte[] file)
    {
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(EventFile.MaskedCrc(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            byte[] data = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(EventFile.MaskedCrc(data), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            yield return data;
            at += 16 + length;
        }
    }

    private sealed class Lines : ILogger
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));
    }

    private sealed class Epochs : IProgress<EpochResult>
    {
        public List<int> Seen { get; } = [];

        public void Report(EpochResult value) => Seen.Add(value.Epoch);
    }

    private sealed class Recorder : TrainingObserver
    {
        public List<string> Events { get; } = [];

        public override void Begin(TrainingContext context) => Events.Add("begin");

        public override void Step(in StepResult result, TrainingContext context) => Events.Add($"step {result.Step}");

        public override void Epoch(in EpochResult result, TrainingContext context) => Events.Add($"epoch {result.Epoch}");

        public override void End(TrainingContext context) => Events.Add("end");
    }
}
