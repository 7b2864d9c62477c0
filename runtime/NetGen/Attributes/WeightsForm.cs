namespace NetGen;

/// <summary>What the weights of a network are inside its assembly.</summary>
public enum WeightsForm
{
    /// <summary>The file itself, as a resource. A million numbers take the build 0.4 s, and ten million not much longer; they are copied when a network is created.</summary>
    Resource,
}
