using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>A part of a sample along one axis.</summary>
internal sealed class SliceLayer : LayerKind
{
    public override string Kind => "Slice";

    public override IReadOnlyList<string> Positional => ["axis", "start", "length"];

    public override Node Lower(LayerContext context)
    {
        Shape shape = context.Input.Shape;
        (int axis, int start, int length) = (context.Element.Int("axis"), context.Element.Int("start"), context.Element.Int("length"));
        context.Expect(axis >= 0 && axis < shape.Rank, "axis", $"from 0 to {shape.Rank - 1}, as {context.InputName} gives {shape.Describe()}", axis);
        int extent = shape.Extents[axis];
        context.Expect(start >= 0 && start < extent, "start", $"from 0 to {extent - 1}", start);
        context.Expect(length >= 1 && length <= extent - start, "length", $"from 1 to {extent - start}", length);
        return context.Add(new Slice(axis, start, length), context.Input);
    }
}
