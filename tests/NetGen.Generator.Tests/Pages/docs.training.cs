// What the examples of docs/training.md presuppose.
using Microsoft.Extensions.Logging;

public class Page
{
    protected static readonly Dataset digits = Dataset.FromCsv("digits.csv", label: "digit"), train = digits, validation = digits, test = digits;
    protected static readonly DigitNet net = new(seed: 1);
    protected static readonly Adam adam = new();
    protected static readonly Trainer<DigitNet> trainer = new(net, adam);
    protected static readonly TrainingHistory history = trainer.Fit(train, validation);
}

public class DataSetsSection : Page
{
    protected static readonly float[] features = new float[50], targets = new float[10];
    protected static readonly int[] classes = new int[10];
}

public class SplitsAndFoldsSection : Page
{
    protected static readonly Dataset patients = digits, series = digits;
    protected static readonly int[] patientOfSample = [];
}

public class TextSection
{
    protected static readonly string text = File.ReadAllText("text.txt");
    protected static readonly CharVocabulary characters = CharVocabulary.Build(text);
    protected static readonly int[] ids = characters.Encode(text);
    protected static readonly int[][] encodedLines = [ids];
    protected static readonly CharNet net = new(seed: 1);
}

public class LongSequencesSection : TextSection
{
    protected static readonly Adam optimizer = new();
}

public class CheckpointsSection : Page
{
    protected static readonly CancellationToken token = CancellationToken.None;
}

public class LogsSection : Page
{
    protected static readonly ILoggerFactory loggerFactory = new Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory();
    protected static readonly Progress<EpochResult> progress = new();
}

public class SearchSection : Page
{
    protected static TrainingHistory Train(object settings, long seed) => history;
}

public class MetricsSection : Page
{
    protected static readonly float[] outputs = new float[2560];
}

public class ReportsSection : Page
{
    protected static readonly float[] sample = new float[64], probabilities = new float[10];
}

public class ARegressionWholeSection : DataSetsSection;

[Network, Input(64), Dense(10), SoftmaxCrossEntropy]
public sealed partial class DigitNet;

[Network, Input(1, 28, 28), Flatten, Dense(10), SoftmaxCrossEntropy]
public sealed partial class FashionNet;

[Network(Stateful = true), Input(64, Type = InputType.Index), Embedding(96, 8), LSTM(8), Dense(96), SoftmaxCrossEntropy]
public sealed partial class CharNet;
