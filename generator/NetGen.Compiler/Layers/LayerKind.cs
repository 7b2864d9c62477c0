using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>A kind of layer: what it accepts and what it is made of.</summary>
internal abstract class LayerKind
{
    /// <summary>The attribute's name without its suffix.</summary>
    public abstract string Kind { get; }

    /// <summary>Arguments that are written without their names.</summary>
    public virtual IReadOnlyList<string> Positional => [];

    /// <summary>Arguments that decide how training goes, not what the trained network means: they do not count in its identity.</summary>
    public virtual IReadOnlyList<string> TrainingOnly => [];

    /// <summary>Arguments that mean the same when they are left out.</summary>
    public virtual IReadOnlyList<ArgumentSpec> Defaults => [];

    /// <summary>
    /// Whether each number that it gives is one that it reads, scaled and shifted, as a norm or dropout gives it: an activation behind it acts on what the layer before
    /// gave.
    /// </summary>
    public virtual bool KeepsSigns => false;

    /// <summary>Whether it is one function for all numbers that it reads.</summary>
    public virtual bool IsActivation => false;

    /// <summary>Adds the layer's ops to the graph and returns its output.</summary>
    /// <exception cref="LoweringException">An argument or the input does not fit.</exception>
    public abstract Node Lower(LayerContext context);
}
