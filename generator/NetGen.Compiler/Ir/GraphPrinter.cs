using System.Linq;
using System.Text;

namespace NetGen.Compiler.Ir;

/// <summary>Prints a graph, one node a line: <c>%3 = MatMul(%0, %1) : [B, 4]   dense1</c>.</summary>
public static class GraphPrinter
{
    public static string Print(Graph graph)
    {
        var text = new StringBuilder();
        foreach (Node node in graph.Nodes)
        {
            string constants = node.Op.Attributes.Length == 0 ? "" : $"<{node.Op.Attributes}>";
            string operands = string.Join(", ", node.Operands.Select(operand => $"%{operand.Id}"));
            text.Append($"%{node.Id} = {node.Op.Mnemonic}{constants}({operands}) : {node.Shape}   {node.Name}\n");
        }
        return text.ToString();
    }
}
