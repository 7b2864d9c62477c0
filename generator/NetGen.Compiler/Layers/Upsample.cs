using System;
using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>An image made larger by whole factors.</summary>
internal sealed class Upsample : LayerKind
{
    public override string Kind => "Upsample2D";

    public override IReadOnlyList<string> Positional => ["factor"];

    public override IReadOnlyList<ArgumentSpec> Defaults { get; } = [new("mode", new([nameof(UpsampleMode.Nearest)]))];

    public override Node Lower(LayerContext context)
    {
        WindowArguments.ExpectImage(context, axes: 2);
        IReadOnlyList<int> factor = WindowArguments.PerAxis(context, "factor", axes: 2);
        var mode = UpsampleMode.Nearest;
        if (context.Element.Text("mode") is { } text)
        {
            context.Expect(Enum.TryParse(text, out mode) && Enum.IsDefined(typeof(UpsampleMode), mode), "mode", "a member of UpsampleMode", text);
        }
        Node image = context.ChannelsLast(context.Input);
        context.ExpectFits((long)factor[0] * image.Shape.Extents[0]);
        context.ExpectFits((long)factor[1] * image.Shape.Extents[1]);
        return context.ChannelsFirst(context.Add(new Resample(mode, factor[0], factor[1]), image));
    }
}
