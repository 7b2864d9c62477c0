using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>The means of a grid of windows that cover an image, whatever its extents.</summary>
internal sealed class AdaptivePool : LayerKind
{
    public override string Kind => "AdaptiveAvgPool2D";

    public override IReadOnlyList<string> Positional => ["size"];

    public override Node Lower(LayerContext context)
    {
        WindowArguments.ExpectImage(context, axes: 2);
        IReadOnlyList<int> size = WindowArguments.PerAxis(context, "size", axes: 2);
        Node image = context.ChannelsLast(context.Input);
        (int height, int width) = (image.Shape.Extents[0], image.Shape.Extents[1]);
        context.ExpectFits((long)size[0] * size[1]);
        context.ExpectFits((long)size[0] * size[1] * image.Shape.Last);
        // Where all windows are of one size, they are those of an ordinary pool.
        Op pool = height % size[0] == 0 && width % size[1] == 0
            ? new Ops.Pool(PoolKind.Average, new(new([Divided(height, size[0]), Divided(width, size[1])])), CountPadding: false)
            : new AdaptiveAveragePool(size[0], size[1]);
        return context.ChannelsFirst(context.Add(pool, image));
    }

    private static WindowAxis Divided(int extent, int windows) => new(extent, windows, Kernel: extent / windows, Stride: extent / windows, Dilation: 1, Padding: 0);
}
