using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Emit;

/// <summary>Weights as numbers in the generated source: a property a tensor, in PyTorch's shape, which costs nothing but its bytes in the assembly.</summary>
internal sealed class LiteralWeights
{
    /// <summary>Numbers of a line.</summary>
    private const int Columns = 8;

    private readonly Dictionary<BoundTensor, string> _names = [];

    public LiteralWeights(BoundWeights weights)
    {
        var taken = new HashSet<string> { Class };
        foreach (BoundTensor tensor in weights.Tensors)
        {
            _names[tensor] = taken.Take(Names.Pascal(tensor.Source.Name));
        }
    }

    /// <summary>The class that holds them, within that of the arithmetic.</summary>
    public const string Class = "Weights";

    /// <summary>The property of a tensor.</summary>
    public string this[BoundTensor tensor] => $"{Class}.{_names[tensor]}";

    public void Emit(SourceWriter writer, BoundWeights weights)
    {
        writer.Line($"/// <summary>The weights, in PyTorch's shapes and order.</summary>");
        writer.Open($"internal static class {Class}");
        foreach (BoundTensor tensor in weights.Tensors)
        {
            WeightsTensor source = tensor.Source;
            int row = source.Shape.Count == 0 ? 1 : (int)source.Shape[source.Shape.Count - 1];
            writer.Line($"// {source.Name} [{string.Join(", ", source.Shape)}]{(source.Shape.Count > 1 ? ", a paragraph a row" : "")}");
            writer.Line($"internal static ReadOnlySpan<float> {_names[tensor]} =>\n[");
            for (int start = 0; start < source.Values.Count; start += row)
            {
                for (int first = start; first < start + row; first += Columns)
                {
                    IEnumerable<string> numbers = source.Values.Skip(first).Take(System.Math.Min(Columns, start + row - first)).Select(Literal.Of);
                    writer.Line($"    {string.Join(", ", numbers)},");
                }
                if (row > Columns && start + row < source.Values.Count)
                {
                    writer.Line();
                }
            }
            writer.Line("];\n");
        }
        writer.Close();
        writer.Line();
    }
}
