namespace NetGen;

/// <summary>How a weight starts. <c>fanIn</c> and <c>fanOut</c> are the numbers of inputs and outputs that one element connects.</summary>
public enum Initializer
{
    /// <summary>
    /// <see cref="He"/> before the ReLU family (ReLU, LeakyReLU, ELU, GELU, SiLU, HardSwish, Softplus), also with norms and dropout between, <see cref="Glorot"/> otherwise.
    /// </summary>
    Default,

    /// <summary>Uniform in <c>±sqrt(6 / fanIn)</c> (He et al. 2015).</summary>
    He,

    /// <summary>Uniform in <c>±sqrt(6 / (fanIn + fanOut))</c> (Glorot and Bengio 2010).</summary>
    Glorot,

    /// <summary>Uniform in <c>±sqrt(3 / fanIn)</c> (LeCun et al. 1998).</summary>
    LeCun,

    /// <summary>Normal with mean 0 and standard deviation <c>InitScale</c>.</summary>
    Normal,

    /// <summary>Uniform in <c>±InitScale</c>.</summary>
    Uniform,

    /// <summary>All zero.</summary>
    Zeros,
}
