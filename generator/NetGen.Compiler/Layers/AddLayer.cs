using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>Adds earlier values, by name.</summary>
internal sealed class AddLayer : LayerKind
{
    public override string Kind => "Add";

    public override IReadOnlyList<string> Positional => ["names"];

    public override Node Lower(LayerContext context)
    {
        Node sum = context.Input;
        foreach ((string name, Node other) in context.ResolveNames("names"))
        {
            context.ExpectEqualShapes(context.Input, context.InputName, other, name, "names");
            sum = context.Add(new Arithmetic(ArithmeticKind.Add), sum, other);
        }
        return sum;
    }
}
