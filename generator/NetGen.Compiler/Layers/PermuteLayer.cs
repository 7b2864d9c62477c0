using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>A sample's axes in another order.</summary>
internal sealed class PermuteLayer : LayerKind
{
    public override string Kind => "Permute";

    public override IReadOnlyList<string> Positional => ["axes"];

    public override Node Lower(LayerContext context)
    {
        IReadOnlyList<int> axes = context.Element.Ints("axes");
        int rank = context.Input.Shape.Rank;
        context.Expect(
            axes.OrderBy(axis => axis).SequenceEqual(Enumerable.Range(0, rank)), "axes", rank == 1 ? "of the one axis 0" : $"of each axis from 0 to {rank - 1} once",
            axes.Count == 0 ? "none" : string.Join(", ", axes));
        return Permute.Add(context.Graph, context.Input, axes);
    }
}
