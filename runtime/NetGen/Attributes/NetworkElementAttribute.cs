namespace NetGen;

/// <summary>An element of a network's description: an input, a layer, an output or a loss. The attributes of a class, top to bottom and left to right, are the network.</summary>
public abstract class NetworkElementAttribute : Attribute
{
    private protected NetworkElementAttribute()
    {
    }
}

/// <summary>A layer. It takes the output of the layer before it.</summary>
public abstract class LayerAttribute : NetworkElementAttribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>The layer's name, unique within its block; by default its kind and order, such as <c>dense2</c>. Parameters carry it: <c>dense2.weight</c>.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// The name of an earlier layer or input of the same block that this layer reads, in place of the layer before it. In a block, <c>input</c> is what the block reads.
    /// </summary>
    public string? From { get; set; }
}

/// <summary>A layer that has parameters, of its own or in its blocks.</summary>
public abstract class ParameterLayerAttribute : LayerAttribute
{
    private protected ParameterLayerAttribute()
    {
    }

    /// <summary>
    /// The name of an earlier layer of the same block and kind whose parameters this one uses; their gradient is the sum. A layer that takes blocks names one that takes the same
    /// blocks, and uses all of their parameters and state.
    /// </summary>
    public string? Share { get; set; }
}

/// <summary>
/// The loss that the network is trained with: one a network, last, or one after each <see cref="OutputAttribute"/>. Its value is the mean over all predicted elements, as PyTorch's
/// <c>reduction='mean'</c>.
/// </summary>
public abstract class LossAttribute : NetworkElementAttribute
{
    private protected LossAttribute()
    {
    }
}
