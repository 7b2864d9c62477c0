namespace NetGen;

/// <summary>A vector for each id, a row of a table that is trained: <c>y[t] = weight[x[t]]</c>. Reads an input of ids: <c>[time]</c> gives <c>[time, size]</c>.</summary>
/// <remarks>
/// Parameter: <c>weight</c> <c>[vocabulary, size]</c>, as PyTorch's <c>Embedding</c>; normal, with a standard deviation of <see cref="Scale"/>. Ids are checked whenever the network
/// reads them.
/// </remarks>
/// <param name="vocabulary">How many ids there are: 0 to <paramref name="vocabulary"/> - 1; at most 2^24.</param>
/// <param name="size">Features of a vector, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EmbeddingAttribute(int vocabulary, int size) : ParameterLayerAttribute
{
    /// <summary>How many ids there are.</summary>
    public int Vocabulary { get; } = vocabulary;

    /// <summary>Features of a vector.</summary>
    public int Size { get; } = size;

    /// <summary>The standard deviation of the initial vectors: above 0; 0.02 by default.</summary>
    public float Scale { get; set; } = 0.02f;
}

/// <summary>Adds to each step a vector that tells where it is: <c>y[t] = x[t] + weight[t]</c>. The shape <c>[time, features]</c> stays.</summary>
/// <remarks>
/// Learned positions have the parameter <c>weight</c> <c>[time, features]</c>. Sinusoidal ones have none: <c>sin(t 10000^(-2i / features))</c> for feature 2i and the cosine for feature
/// 2i + 1 (Vaswani et al. 2017).
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PositionalEmbeddingAttribute : ParameterLayerAttribute
{
    /// <summary>What the vectors are; learned by default.</summary>
    public PositionKind Kind { get; set; }

    /// <summary>The standard deviation of the initial vectors where they are learned: above 0; 0.02 by default.</summary>
    public float Scale { get; set; } = 0.02f;
}

/// <summary>What tells the steps of a sequence apart.</summary>
public enum PositionKind
{
    /// <summary>A trained vector for each step.</summary>
    Learned,

    /// <summary>Sines and cosines of the step.</summary>
    Sinusoidal,
}

/// <summary>What all recurrent layers take.</summary>
public abstract class RecurrentAttribute : ParameterLayerAttribute
{
    private protected RecurrentAttribute()
    {
    }

    /// <summary>How many recurrences lie on top of each other, each reading the states of the one below; 1 by default.</summary>
    public int Layers { get; set; } = 1;

    /// <summary>The share of the states between two of the layers that is dropped while training; 0 by default.</summary>
    public float Dropout { get; set; }

    /// <summary>Whether the state after every step is given, <c>[time, units]</c>, or only that after the last, <c>[units]</c>; every one by default.</summary>
    public bool ReturnSequences { get; set; } = true;
}

/// <summary>A recurrence (Elman 1990): <c>h[t] = tanh(W x[t] + b + U h[t-1] + c)</c>, from <c>h = 0</c> on. <c>[time, features]</c> gives <c>[time, units]</c>.</summary>
/// <remarks>
/// Parameters: <c>weight_ih_l0</c> <c>[units, features]</c>, <c>weight_hh_l0</c> <c>[units, units]</c>, <c>bias_ih_l0</c> and <c>bias_hh_l0</c> <c>[units]</c>, as PyTorch's <c>RNN</c>;
/// uniform within <c>±1 / sqrt(units)</c>. Backpropagation goes through all steps.
/// </remarks>
/// <param name="units">Features of the state, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SimpleRNNAttribute(int units) : RecurrentAttribute
{
    /// <summary>Features of the state.</summary>
    public int Units { get; } = units;

    /// <summary>What is applied to the sum; tanh by default.</summary>
    public RecurrentActivation Activation { get; set; }
}

/// <summary>The activations of <see cref="SimpleRNNAttribute"/>.</summary>
public enum RecurrentActivation
{
    /// <summary><c>tanh(x)</c>.</summary>
    Tanh,

    /// <summary><c>max(x, 0)</c>.</summary>
    ReLU,
}

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997): <c>c[t] = f c[t-1] + i g</c>, <c>h[t] = o tanh(c[t])</c>, where the gates i, f, o are sigmoids and g is the tanh of
/// <c>W x[t] + b + U h[t-1] + c</c>. <c>[time, features]</c> gives <c>[time, units]</c>.
/// </summary>
/// <remarks>
/// Parameters: <c>weight_ih_l0</c> <c>[4 units, features]</c>, <c>weight_hh_l0</c> <c>[4 units, units]</c>, <c>bias_ih_l0</c> and <c>bias_hh_l0</c> <c>[4 units]</c>, as PyTorch's
/// <c>LSTM</c>, in the order i, f, g, o; uniform within <c>±1 / sqrt(units)</c>. Both states start at 0.
/// </remarks>
/// <param name="units">Features of the state, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LSTMAttribute(int units) : RecurrentAttribute
{
    /// <summary>Features of the state.</summary>
    public int Units { get; } = units;
}

/// <summary>
/// The gated recurrent unit (Cho et al. 2014): <c>h[t] = (1 - z) n + z h[t-1]</c> with sigmoids r and z and <c>n = tanh(W x[t] + b + r (U h[t-1] + c))</c>. <c>[time, features]</c> gives
/// <c>[time, units]</c>.
/// </summary>
/// <remarks>
/// Parameters: <c>weight_ih_l0</c> <c>[3 units, features]</c>, <c>weight_hh_l0</c> <c>[3 units, units]</c>, <c>bias_ih_l0</c> and <c>bias_hh_l0</c> <c>[3 units]</c>, as PyTorch's
/// <c>GRU</c>, in the order r, z, n; uniform within <c>±1 / sqrt(units)</c>. The state starts at 0.
/// </remarks>
/// <param name="units">Features of the state, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GRUAttribute(int units) : RecurrentAttribute
{
    /// <summary>Features of the state.</summary>
    public int Units { get; } = units;
}

/// <summary>
/// A block twice, with parameters of its own each time: over the sequence, and over the sequence from its last step to its first. What both give at a step is joined: with a block of
/// <c>[LSTM(64)]</c>, <c>[time, features]</c> gives <c>[time, 128]</c>.
/// </summary>
/// <remarks>The block holds recurrent layers and such as work step by step. Its layers are named <c>bidirectional1.forward.lstm1</c> and <c>bidirectional1.backward.lstm1</c>.</remarks>
/// <typeparam name="TBlock">A class marked <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BidirectionalAttribute<TBlock> : ParameterLayerAttribute
    where TBlock : class;

/// <summary>
/// A convolution over time that sees no future: <c>y[t] = b + sum_k W[k] x[t - dilation (kernel - 1 - k)]</c>, zeros before the first step. <c>[time, features]</c> gives
/// <c>[time', filters]</c>.
/// </summary>
/// <remarks>Parameters: <c>weight</c> <c>[filters, features / groups, kernel]</c> and <c>bias</c> <c>[filters]</c>, as PyTorch's <c>Conv1d</c>.</remarks>
/// <param name="filters">Features of the result, at least 1.</param>
/// <param name="kernel">Taps of the window, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CausalConv1DAttribute(int filters, int kernel) : ParameterLayerAttribute
{
    /// <summary>Features of the result.</summary>
    public int Filters { get; } = filters;

    /// <summary>Taps of the window.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Steps from one place of the window to the next; 1 by default.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Steps from one tap of the window to the next; 1 by default.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Parts that features are divided into; each part of the result reads its part of the input. 1 by default.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether a number is added to each feature; on by default.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>How the weight starts; by default it follows the next layer: He before the ReLU family, Glorot otherwise. The bias starts at zero.</summary>
    public Initializer Init { get; set; }

    /// <summary>The standard deviation of <see cref="Initializer.Normal"/> (default 0.02) or the bound of <see cref="Initializer.Uniform"/> (default 0.05).</summary>
    public float InitScale { get; set; }
}

/// <summary>What attention takes.</summary>
public abstract class AttentionAttribute : ParameterLayerAttribute
{
    private protected AttentionAttribute()
    {
    }

    /// <summary>The share of the probabilities that is dropped while training; 0 by default.</summary>
    public float Dropout { get; set; }

    /// <summary>Whether the projections add a bias; on by default.</summary>
    public bool Bias { get; set; } = true;
}

/// <summary>
/// Multi-head attention of a sequence to itself (Vaswani et al. 2017): for each head <c>softmax(q k^T / sqrt(d)) v</c>, where q, k and v are projections of each step and d is
/// <c>features / heads</c>; then a projection of what all heads give. The shape <c>[time, features]</c> stays.
/// </summary>
/// <remarks>
/// Parameters: <c>in_proj_weight</c> <c>[3 features, features]</c>, <c>in_proj_bias</c> <c>[3 features]</c>, <c>out_proj.weight</c> <c>[features, features]</c> and <c>out_proj.bias</c>
/// <c>[features]</c>, as PyTorch's <c>MultiheadAttention</c>. Where a batch gives lengths, nothing looks at steps that are not real.
/// </remarks>
/// <param name="heads">Parts of the features that attend on their own; they divide the features.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SelfAttentionAttribute(int heads) : AttentionAttribute
{
    /// <summary>Parts of the features that attend on their own.</summary>
    public int Heads { get; } = heads;

    /// <summary>Whether a step sees only itself and those before it; off by default.</summary>
    public bool Causal { get; set; }

    /// <summary>How many steps a causal step sees at most, itself included; 0, all, by default.</summary>
    public int Window { get; set; }

    /// <summary>
    /// Whether queries and keys are turned by angles that grow with the step (Su et al. 2021), so that their products depend on the distance: the pairs (i, i + d/2) of each head, as in
    /// Llama. Off by default.
    /// </summary>
    public bool Rotary { get; set; }

    /// <summary>The base of the angles <c>t RotaryBase^(-2i/d)</c>: above 1; 10000 by default.</summary>
    public float RotaryBase { get; set; } = 10000;
}

/// <summary>
/// Multi-head attention of a sequence to another one: as <see cref="SelfAttentionAttribute"/>, with keys and values from an earlier layer or input. <c>[time, features]</c> stays, whatever
/// the other's shape.
/// </summary>
/// <remarks>
/// Parameters: <c>q_proj_weight</c> <c>[features, features]</c> and <c>kv_proj_weight</c> <c>[2 features, features of the source]</c>, the rows of
/// PyTorch's <c>in_proj_weight</c> in this order, or its <c>k_proj_weight</c> above its <c>v_proj_weight</c>; <c>q_proj_bias</c> and
/// <c>kv_proj_bias</c>, the parts of its <c>in_proj_bias</c>; <c>out_proj.weight</c> and <c>out_proj.bias</c>.
/// </remarks>
/// <param name="source">The name of the sequence that is looked at, of the same block.</param>
/// <param name="heads">Parts of the features that attend on their own; they divide the features.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CrossAttentionAttribute(string source, int heads) : AttentionAttribute
{
    /// <summary>The name of the sequence that is looked at.</summary>
    public string Source { get; } = source;

    /// <summary>Parts of the features that attend on their own.</summary>
    public int Heads { get; } = heads;
}

/// <summary>The last step: <c>[time, features]</c> gives <c>[features]</c>. Where a batch gives lengths, the last real one.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LastStepAttribute : LayerAttribute;

/// <summary>The mean of all steps: <c>[time, features]</c> gives <c>[features]</c>. Where a batch gives lengths, of the real ones.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MeanOverTimeAttribute : LayerAttribute;

/// <summary>The largest of all steps, feature by feature: <c>[time, features]</c> gives <c>[features]</c>. Where a batch gives lengths, of the real ones.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxOverTimeAttribute : LayerAttribute;
