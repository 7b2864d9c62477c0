namespace NetGen;

/// <summary>What the weights of a network are inside its assembly.</summary>
public enum WeightsForm
{
    /// <summary>
    /// The file itself, as a resource, of any size up to 2 GB: a million numbers take the build 0.4 s, and ten million not much longer. Numbers of type F16, BF16 and F64 are converted when
    /// they are copied.
    /// </summary>
    Resource,

    /// <summary>
    /// Numbers in the generated source, in PyTorch's shapes, to be read, compared and stepped through: for files of up to 16,384 floats (64 kB). They are copied as those of a resource are.
    /// </summary>
    Literals,
}
