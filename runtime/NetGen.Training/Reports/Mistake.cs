namespace NetGen.Training;

/// <summary>A sample whose class was predicted wrong.</summary>
/// <param name="Sample">Its index in the data set.</param>
/// <param name="Actual">The index of its class.</param>
/// <param name="Predicted">The index of the class that it was taken for.</param>
/// <param name="Output">The network's output for that class: its probability where the loss fuses a softmax or sigmoid.</param>
internal readonly record struct Mistake(int Sample, int Actual, int Predicted, float Output)
{
    /// <summary>All mistakes that a network makes on a data set, the most certain first, equally certain ones in the order of the data.</summary>
    /// <exception cref="ArgumentException">The data set does not fit the network.</exception>
    public static Mistake[] Find(IPredictor network, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        DataFit.CheckFeatures(network.Info, data, nameof(data));
        DataFit.CheckReport(network.Info, data, nameof(data));
        DataFit.CheckClasses(network.Info, data, nameof(data));
        List<Mistake> mistakes = [];
        BlockPrediction.Run(network, data, (i, output) =>
        {
            int actual = data.Classes[i];
            int predicted = Decision.ClassOf(output);
            if (predicted != actual)
            {
                mistakes.Add(new Mistake(i, actual, predicted, (float)Decision.ProbabilityOf(output, predicted)));
            }
        });
        return [.. mistakes.OrderByDescending(mistake => mistake.Output)];
    }
}
