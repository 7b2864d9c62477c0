using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>Normalises each row of features, or each image as a whole: layer norm, and RMS norm, which takes no mean away and adds no bias.</summary>
internal sealed class RowNorm(string kind, bool centred) : LayerKind
{
    public override string Kind => kind;

    public override bool KeepsSigns => true;

    public override IReadOnlyList<ArgumentSpec> Defaults => [NormArguments.DefaultEpsilon];

    public override Node Lower(LayerContext context)
    {
        float epsilon = NormArguments.Epsilon(context);
        Shape input = context.Input.Shape;
        Node image = context.ChannelsLast(context.Input);
        Shape last = image.Shape;

        // An image is one row of all its elements in the order of memory; so are its weight and bias, which PyTorch has in the image's own shape.
        bool whole = input.Rank > 2;
        Node rows = whole ? context.Add(new Reshape(Shape.Batch((int)input.Count)), image) : image;
        Shape logical = whole ? Shape.Of([.. input.Extents]) : Shape.Of(input.Last);
        Shape memory = Shape.Of(rows.Shape.Last);
        TensorLayout? layout = whole ? new(input.Extents, new(Permute.ToChannelsLast(input.Rank))) : null;
        Node weight = context.Parameter("weight", logical, Initialization.Constant(1), memory, layout);
        Node[] affine = centred ? [weight, context.Parameter("bias", logical, Initialization.Zeros, memory, layout)] : [weight];

        Node moments = context.Add(new RowMoments(centred, epsilon), rows);
        Node normalized = context.Add(new RowNormalize(centred), [rows, moments, .. affine]);
        return whole ? context.ChannelsFirst(context.Add(new Reshape(last), normalized)) : normalized;
    }
}
