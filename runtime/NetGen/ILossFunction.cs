namespace NetGen;

/// <summary>
/// A loss of one predicted element of your own and its derivative by the prediction, for <see cref="LossAttribute{TFunction}"/>: a struct without
/// fields, as <see cref="IActivationFunction"/> describes. The network's loss is the mean over all elements.
/// </summary>
public interface ILossFunction
{
    /// <summary><c>l(prediction, target)</c>.</summary>
    static abstract V Value<V>(V prediction, V target) where V : struct, ILanes<V>;

    /// <summary><c>dl / dprediction</c>.</summary>
    static abstract V Derivative<V>(V prediction, V target) where V : struct, ILanes<V>;
}
