namespace NetGen.Training;

/// <summary>Checks that a data set suits a network, before anything is touched.</summary>
internal static class DataFit
{
    /// <exception cref="ArgumentException">The data set is empty or has another number of features than the network has inputs.</exception>
    public static void CheckFeatures(NetworkInfo info, Dataset data, string argument)
    {
        if (data.Count == 0)
        {
            throw new ArgumentException("The data set has no samples.", argument);
        }
        if (data.FeatureCount != info.InputSize)
        {
            // The shape of one flat input would only say the number again.
            string shapes = info.Inputs is [{ Shape.Rank: 1 }] ? "" : $" ({string.Join(" + ", info.Inputs.Select(input => input.Shape))})";
            throw new ArgumentException(
                $"{info.Name} takes {Times(info.InputSize, "float")} a sample{shapes}, "
                + $"the data set has {Times(data.FeatureCount, "feature")}. Change the network's [Input] or the columns.", argument);
        }
        if (data.HasMissing && !info.TakesMissing)
        {
            throw new ArgumentException(
                $"The data set has missing values (NaN), which {info.Name} cannot take. Put [Impute] directly after [Input], or leave out their rows or columns.", argument);
        }
    }

    /// <exception cref="ArgumentException">
    /// The network's output is nothing that targets are compared with, samples are sequences of different lengths, or have several classes: a report is of one prediction a sample.
    /// </exception>
    public static void CheckReport(NetworkInfo info, Dataset data, string argument)
    {
        if (info.TargetSize != info.OutputSize)
        {
            throw new ArgumentException(
                $"{info.Name} is trained with {info.Loss} and gives embeddings, which are not compared with targets one by one. Predict, and compute what their distances are to show.",
                argument);
        }
        if (data.ClassesPerSample > 1)
        {
            throw new ArgumentException(
                $"The data set has {data.ClassesPerSample} classes a sample, a report is of one. Predict, and use FromPredictions with the classes of the steps that count.", argument);
        }
        if (!data.Lengths.IsEmpty)
        {
            throw new ArgumentException("The data set has sequences of different lengths. Predict with their lengths, and use FromPredictions.", argument);
        }
    }

    /// <exception cref="ArgumentException">The network has no use for lengths, or a sequence is longer than its own.</exception>
    private static void CheckLengths(NetworkInfo info, Dataset data, string argument)
    {
        if (data.Lengths.IsEmpty)
        {
            return;
        }
        if (info.SequenceLength == 0)
        {
            throw new ArgumentException(
                $"The data set has sequences of different lengths, which {info.Name} has no use for: its output is {info.OutputShape} and not (time, features).", argument);
        }
        int sample = data.Lengths.IndexOfAnyExceptInRange(1, info.SequenceLength);
        if (sample >= 0)
        {
            throw new ArgumentException(
                $"Sample {sample} of the data set has {Times(data.Lengths[sample], "time step")}, {info.Name} takes up to {info.SequenceLength}. Cut it, or change [Input].", argument);
        }
    }

    /// <exception cref="ArgumentException">
    /// The network's output does not tell as many classes apart as the data set has, or not as many times a sample, or the data set has none.
    /// </exception>
    public static void CheckClasses(NetworkInfo info, Dataset data, string argument)
    {
        if (info.Outputs.Count > 1)
        {
            throw new ArgumentException(
                $"{info.Name} has {info.Outputs.Count} outputs ({OutputNames(info)}), and which of them tells classes apart is not known. "
                + "Predict, slice each row by its output's Range, and use FromPredictions.", argument);
        }
        if (!data.HasClasses)
        {
            throw new ArgumentException("The data set has targets; expected classes. Read it with a label column.", argument);
        }
        int rows = Math.Max(1, info.ClassesPerSample);
        if (data.ClassesPerSample != rows)
        {
            throw new ArgumentException(
                $"{info.Name} predicts {Times(rows, "class", "classes")} a sample (its output is {info.OutputShape}), "
                + $"the data set has {Times(data.ClassesPerSample, "class", "classes")} a sample. "
                + (rows > 1 ? "Reduce the output to one row, or give a class for each row." : "Let the output be (time, classes), or give one class a sample."), argument);
        }
        int outputs = info.OutputSize / rows;
        int classes = outputs == 1 ? 2 : outputs;
        if (data.ClassNames.Count != classes)
        {
            throw new ArgumentException(
                $"{info.Name} has {outputs} {(outputs == 1 ? "output, which tells 2 classes apart" : "outputs, one a class")}; "
                + $"the data set has {data.ClassNames.Count} classes ({Some(data.ClassNames)}).", argument);
        }
    }

    /// <exception cref="ArgumentException">The data set has another number of targets than the network takes, or classes.</exception>
    public static void CheckTargets(NetworkInfo info, Dataset data, string argument)
    {
        if (data.HasClasses)
        {
            throw new ArgumentException("The data set has classes; expected targets. Read it with target columns.", argument);
        }
        if (data.TargetCount == info.TargetSize)
        {
            return;
        }
        if (info.TargetSize != info.OutputSize)
        {
            throw new ArgumentException(
                $"{info.Name} is trained with {info.Loss}, which takes {(info.TargetSize == 0 ? "no target" : Times(info.TargetSize, "target"))} a sample; "
                + $"the data set has {data.TargetCount}. Give it targetCount: {info.TargetSize}.", argument);
        }
        string targets = Times(data.TargetCount, "target");
        bool takesClasses = info.ClassesPerSample == 1 || info.IsBinary;
        string probabilities = info.OutputSize == 1 ? "1 probability" : $"{info.OutputSize} probabilities";
        throw new ArgumentException(
            takesClasses
                ? $"{info.Name} is trained with {info.Loss}, which takes classes, or {probabilities} a sample; the data set has {targets}. "
                    + $"Read the data set with label:, or train a network with [MeanSquaredError] and {Times(data.TargetCount, "output")}."
                : $"{info.Name} has {Times(info.OutputSize, "output")} a sample, the data set has {targets}. "
                    + "Change the network's last layer or the target columns.",
            argument);
    }

    /// <summary>The first names of a list, which may be a vocabulary.</summary>
    private static string Some(IReadOnlyList<string> names) => string.Join(", ", names.Take(10)) + (names.Count > 10 ? ", ..." : "");

    private static string OutputNames(NetworkInfo info) => string.Join(", ", info.Outputs.Select(output => output.Name));

    private static string Times(int count, string noun) => Times(count, noun, noun + "s");

    private static string Times(int count, string noun, string nouns) => $"{count} {(count == 1 ? noun : nouns)}";

    /// <exception cref="ArgumentException">The network cannot learn from this data set.</exception>
    public static void CheckTraining(NetworkInfo info, Dataset data, string argument)
    {
        CheckFeatures(info, data, argument);
        CheckLengths(info, data, argument);
        if (!data.HasClasses)
        {
            CheckTargets(info, data, argument);
            return;
        }
        switch (info.Loss)
        {
            case LossKind.WeightedSum:
                throw new ArgumentException(
                    $"{info.Name} has {info.Outputs.Count} outputs ({OutputNames(info)}), which take {Times(info.TargetSize, "target")} a sample; the data set has classes. "
                    + "Give it targets: a row of all outputs, with 1 at the right class and 0 at the others.", argument);
            case LossKind.SigmoidCrossEntropy or LossKind.SigmoidFocal when info.OutputSize != 1:
                throw new ArgumentException(
                    $"{info.Name} has {info.OutputSize} independent outputs ({info.Loss}), the data set has one class a sample. "
                    + "Use [SoftmaxCrossEntropy], or one output for 2 classes, or a data set with targets.", argument);
            case LossKind.SoftmaxCrossEntropy or LossKind.SoftmaxFocal or LossKind.SigmoidCrossEntropy or LossKind.SigmoidFocal:
                CheckClasses(info, data, argument);
                return;
            default:
                throw new ArgumentException(
                    $"{info.Name} is trained with {info.Loss}, which takes {(info.TargetSize == 0 ? "no target" : "targets")}; the data set has classes. "
                    + (info.TargetSize == 0 ? "Give it targetCount: 0." : "Use [SoftmaxCrossEntropy], or read the data set with target columns."), argument);
        }
    }

    /// <exception cref="ArgumentException">Class indices mean different things in the two data sets.</exception>
    public static void CheckSameClasses(Dataset train, Dataset validation, string argument)
    {
        if (!train.ClassNames.SequenceEqual(validation.ClassNames))
        {
            int same = train.ClassNames.Zip(validation.ClassNames).TakeWhile(pair => pair.First == pair.Second).Count();
            throw new ArgumentException(
                $"The training part has the classes {Some(train.ClassNames)}, this one {Some(validation.ClassNames)}, "
                + $"and from index {same} on they are others: an index would mean another class. Read both from one file and Split it, or give both the same class names.", argument);
        }
    }
}
