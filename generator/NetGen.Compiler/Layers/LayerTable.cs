using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>All kinds of layers.</summary>
internal static class LayerTable
{
    private static readonly Dictionary<string, LayerKind> Kinds = new LayerKind[]
    {
        new Dense(), new Flatten(), new ReshapeLayer(), new DropoutLayer(), new SoftmaxLayer(), new Standardize(), new Rescale(),
        new Residual(), new Repeat(), new Parallel(), new AddLayer(), new MultiplyLayer(), new ConcatLayer(),
    }
    .Concat(ActivationFunction.Table.Select(function => new ActivationLayer(function)))
    .ToDictionary(kind => kind.Kind);

    /// <summary>The kind of that name; null where it is no layer.</summary>
    public static LayerKind? Find(string kind) => Kinds.TryGetValue(kind, out LayerKind? found) ? found : null;
}
