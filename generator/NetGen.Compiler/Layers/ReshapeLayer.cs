using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>The same elements under another shape; one extent may be -1, which is computed.</summary>
internal sealed class ReshapeLayer : LayerKind
{
    public override string Kind => "Reshape";

    public override IReadOnlyList<string> Positional => ["shape"];

    public override Node Lower(LayerContext context)
    {
        IReadOnlyList<int> extents = context.Element.Ints("shape");
        bool valid = extents.Count is >= 1 and <= 4 && extents.All(extent => extent >= 1 || extent == -1) && extents.Count(extent => extent == -1) <= 1;
        context.Expect(valid, "shape", "of one to four extents of at least 1, at most one of them -1", extents.Count == 0 ? "none" : string.Join("x", extents));

        long total = context.Input.Shape.Count;
        long known = Shape.Batch(extents.Where(extent => extent != -1)).Count;
        if (extents.Contains(-1) && total % known == 0)
        {
            extents = [.. extents.Select(extent => extent == -1 ? (int)(total / known) : extent)];
        }
        Shape shape = Shape.Batch(extents);
        return shape.Count == total && !extents.Contains(-1)
            ? context.Add(new Reshape(shape), context.Input)
            : throw context.Fail(
                IssueDescriptors.CannotReshape, "shape", $"{context.Name} to {shape.Describe()}", extents.Contains(-1) ? $"a multiple of {known}" : $"{known}",
                context.InputName, context.Input.Shape.Describe(), $"{total}");
    }
}
