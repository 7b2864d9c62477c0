namespace NetGen;

/// <summary>The loss functions.</summary>
public enum LossKind
{
    /// <summary>None: the network predicts and cannot be trained.</summary>
    None,

    /// <summary>Softmax and cross-entropy in one, on class indices or soft targets.</summary>
    SoftmaxCrossEntropy,

    /// <summary>Sigmoid and binary cross-entropy in one, element by element.</summary>
    SigmoidCrossEntropy,

    /// <summary>Mean of squared differences.</summary>
    MeanSquaredError,

    /// <summary>Mean of absolute differences.</summary>
    MeanAbsoluteError,

    /// <summary>Quadratic near zero, linear beyond.</summary>
    Huber,

    /// <summary>Softmax and focal loss in one: what is sure already counts less.</summary>
    SoftmaxFocal,

    /// <summary>Sigmoid and focal loss in one, element by element.</summary>
    SigmoidFocal,

    /// <summary>The divergence of a target distribution from the softmax.</summary>
    KLDivergence,

    /// <summary>Zero beyond a margin on the right side, linear from there.</summary>
    Hinge,

    /// <summary>Absolute differences that count differently above and below.</summary>
    Quantile,

    /// <summary>One minus the cosine of the angle to the target.</summary>
    CosineDistance,

    /// <summary>Two embeddings, near or a margin apart as the target says.</summary>
    Contrastive,

    /// <summary>Three embeddings, the first nearer to the second than to the third. There is no target.</summary>
    Triplet,

    /// <summary>A loss of the user's own, element by element.</summary>
    Custom,

    /// <summary>The weighted sum of the losses of several outputs: see <see cref="NetworkInfo.Outputs"/>.</summary>
    WeightedSum,
}
