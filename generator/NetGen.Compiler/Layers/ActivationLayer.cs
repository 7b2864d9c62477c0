using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>The layer of one row of the table of activations.</summary>
internal sealed class ActivationLayer(ActivationFunction function) : LayerKind
{
    public ActivationFunction Function { get; } = function;

    public override string Kind => Function.Name;

    public override bool IsActivation => true;

    public override IReadOnlyList<string> Positional => Function.Parameter is { } parameter ? [parameter.Name] : [];

    public override Node Lower(LayerContext context)
    {
        float value = 0;
        if (Function.Parameter is { } parameter)
        {
            value = context.Element.Float(parameter.Name, parameter.Default);
            bool inRange = (parameter.AllowsZero ? value >= 0 : value > 0) && !float.IsInfinity(value);
            context.Expect(inRange, parameter.Name, parameter.AllowsZero ? "of at least 0" : "above 0", value);
        }
        return context.Add(new Activate(new(Function, value)), context.Input);
    }
}
