using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;

namespace NetGen.Compiler.Layers;

/// <summary>A kind of layer: what it accepts and what it is made of.</summary>
internal abstract class LayerKind
{
    /// <summary>The attribute's name without its suffix.</summary>
    public abstract string Kind { get; }

    /// <summary>Arguments that are written without their names.</summary>
    public virtual IReadOnlyList<string> Positional => [];

    /// <summary>Adds the layer's ops to the graph and returns its output.</summary>
    /// <exception cref="LoweringException">An argument or the input does not fit.</exception>
    public abstract Node Lower(LayerContext context);
}
