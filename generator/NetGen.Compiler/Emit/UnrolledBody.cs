using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <summary>
/// Prints the straight-line code of a segment. A value is vectors of sixteen lanes; the last may be cut. What its lanes beyond the value hold is not
/// defined: they come from whatever lies behind a row of weights. That is safe because no lane is computed from another: a product broadcasts lanes of the value only,
/// and stores leave the rest out.
/// </summary>
internal sealed class UnrolledBody(SourceWriter writer, Segment segment, Graph graph, Names names, TensorTable tensors)
{
    private readonly HashSet<string> _taken = [.. graph.Nodes.Select(node => names[node]), "batch"];
    private readonly Dictionary<Node, string> _rows = [];
    private readonly Dictionary<Node, UnrolledValue> _values = [];
    private readonly Dictionary<string, string> _locals = [];
    private readonly HashSet<string> _declared = [];

    /// <summary>Writes the loop over the samples.</summary>
    /// <param name="buffers">Whole buffers that are read: parameters, state.</param>
    /// <param name="read">Values that come from memory.</param>
    /// <param name="written">Values that go to memory.</param>
    public void Write(IReadOnlyList<string> buffers, IReadOnlyList<Node> read, IReadOnlyList<Node> written)
    {
        Node[] inMemory = [.. read, .. written];
        foreach (Node value in inMemory)
        {
            _rows[value] = names[value] == "row" ? "row" : _taken.Take($"{names[value]}Row");
        }
        (string Field, string Reference)[] places = [
            .. buffers.Select(buffer => (buffer, Local(buffer == "parameters" ? "weights" : "statistics"))),
            .. inMemory.Select(value => (names[value], _rows[value]))];
        const string Generic = " where V : struct, IVector16<V>";
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        writer.Line($"public void Run<V>(){Generic} =>\n    Run<V>(batch, {string.Join(", ", places.Select(place => $"ref MemoryMarshal.GetReference(_{place.Field})"))});\n");
        writer.Line("[MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]");
        writer.OpenMethod("private static void Run<V>", ["int batch", .. places.Select(place => $"ref float {place.Reference}")], Generic);
        foreach (Node value in read)
        {
            _values[value] = new([new InMemory(_rows[value], 0, (int)value.Shape.Count)]);
        }
        string sample = Local("sample");
        writer.Open($"for (int {sample} = 0; {sample} < batch; {sample}++)");
        foreach (Node node in segment.Nodes)
        {
            writer.Line($"// {node.Op.Formula(node, names)}");
            _values[node] = Compute(node);
            if (_rows.TryGetValue(node, out string? row))
            {
                Store(_values[node], row);
                if (node.Op is Concat)
                {
                    _values[node] = new([new InMemory(row, 0, (int)node.Shape.Count)]);
                }
            }
            writer.Line();
        }
        foreach (Node value in inMemory)
        {
            writer.Line($"{_rows[value]} = ref Unsafe.Add(ref {_rows[value]}, {value.Shape.Count});");
        }
        writer.Close();
        writer.Close();
    }

    private UnrolledValue Compute(Node node)
    {
        switch (node.Op)
        {
            case MatMul product:
                return Multiply(node, product);
            case Concat:
                return new([.. node.Operands.SelectMany(operand => _values[operand.Origin].Parts)]);
            case Slice slice:
                return new([((InMemory)_values[node.Operands[0].Origin].Parts.Single()).Slice(slice.Start, slice.Length)]);
            default:
                string[] results = NamesOf(node);
                for (int vector = 0; vector < results.Length; vector++)
                {
                    writer.Line($"V {results[vector]} = {node.Op.EmitLanes([.. node.Operands.Select(operand => Vector(operand, vector))])};");
                }
                return new([new InRegisters(results, (int)node.Shape.Count)]);
        }
    }

    /// <summary>
    /// A row times a matrix: each element of the row times a row of the matrix, some vectors at a time and each of them in some chains of additions, so that the hardware
    /// need not wait for one to end.
    /// </summary>
    private UnrolledValue Multiply(Node node, MatMul product)
    {
        UnrolledValue row = _values[node.Operands[0].Origin];
        (int inner, int columns) = ((int)node.Operands[0].Shape.Count, node.Shape.Last);
        string[] results = NamesOf(node);
        for (int first = 0; first < results.Length; first += UnrollCost.VectorsAtATime)
        {
            int vectors = Math.Min(UnrollCost.VectorsAtATime, results.Length - first);
            int chains = Math.Min(inner, UnrollCost.ChainsFor(vectors));
            for (int k = 0; k < inner; k++)
            {
                if (vectors > 1)
                {
                    Assign(Local("factor"), row.Broadcast(k));
                }
                for (int vector = 0; vector < vectors; vector++)
                {
                    int column = (first + vector) * 16;
                    int lanes = Math.Min(16, columns - column);
                    int weight = (k * columns) + column;
                    string sum = Local($"sum{(vector * chains) + (k % chains)}");
                    string factor = vectors > 1 ? Local("factor") : row.Broadcast(k);
                    string? addend = k >= chains ? sum : k == 0 && product.HasBias ? Load(node.Operands[2], column, lanes) : null;
                    Assign(sum, addend is null ? $"{factor} * {Load(node.Operands[1], weight, lanes)}"
                        : !IsWhole(node.Operands[1], weight) ? $"V.MultiplyAdd({factor}, {Load(node.Operands[1], weight, lanes)}, {addend})"
                        : $"V.MultiplyAdd{(vectors > 1 ? $"({factor}" : row.Factor(k))}, in {Local("weights")}, {Offset(node.Operands[1], weight)}, {addend})");
                }
            }
            for (int vector = 0; vector < vectors; vector++)
            {
                string sum = Sum(vector * chains, chains);
                writer.Line($"V {results[first + vector]} = {(product.Activation is { } activation ? $"{activation.Construct()}.Apply({sum})" : sum)};");
            }
        }
        return new([new InRegisters(results, columns)]);

        // A tree: as many additions as in a row, and fewer that wait for one another.
        string Sum(int first, int count) => count == 1 ? Local($"sum{first}") : $"{Half(first, (count + 1) / 2)} + {Half(first + ((count + 1) / 2), count / 2)}";

        string Half(int first, int count) => count == 1 ? Sum(first, 1) : $"({Sum(first, count)})";
    }

    /// <summary>Sixteen lanes of a vector; those of a tensor need not end within it, only within its buffer.</summary>
    private string Vector(Node value, int vector)
    {
        int lanes = Math.Min(16, (int)value.Shape.Count - (vector * 16));
        return value.Origin.Op is Parameter or State ? Load(value, vector * 16, lanes) : _values[value.Origin].Parts.Single().Vector(vector);
    }

    private string Load(Node tensor, int element, int lanes)
    {
        string place = $"in Unsafe.Add(ref {Local(tensor.Origin.Op is Parameter ? "weights" : "statistics")}, {Offset(tensor, element)})";
        return IsWhole(tensor, element) ? $"V.Load({place})" : $"V.LoadPartial({place}, {lanes})";
    }

    /// <summary>Whether sixteen floats from an element of a tensor on lie in the buffer, whoever they belong to.</summary>
    private bool IsWhole(Node tensor, int element) => tensors.FloatsFrom(NameOf(tensor), element) >= 16;

    private string Offset(Node tensor, int element) => tensors[NameOf(tensor)] + (element == 0 ? "" : $" + {element}");

    private static string NameOf(Node tensor) => tensor.Origin.Op is Parameter parameter ? parameter.Name : ((State)tensor.Origin.Op).Name;

    private void Store(UnrolledValue value, string row)
    {
        int start = 0;
        foreach (ValuePart part in value.Parts)
        {
            for (int first = 0; first < part.Count; first += 16)
            {
                string place = InMemory.Place(row, start + first);
                int lanes = Math.Min(16, part.Count - first);
                writer.Line(lanes == 16 ? $"V.Store({part.Vector(first / 16)}, ref {place});"
                    : $"V.{(lanes <= 4 ? "StoreFew" : "StorePartial")}({part.Vector(first / 16)}, ref {place}, {lanes});");
            }
            start += part.Count;
        }
    }

    /// <summary>Local variables are used again: the JIT tracks a limited number of them.</summary>
    private void Assign(string local, string expression) => writer.Line($"{(_declared.Add(local) ? "V " : "")}{local} = {expression};");

    /// <summary>The name of a local variable that is none of the user's.</summary>
    private string Local(string wanted) => _locals.TryGetValue(wanted, out string? name) ? name : _locals[wanted] = _taken.Take(wanted);

    private string[] NamesOf(Node node)
    {
        int vectors = UnrollCost.Vectors(node.Shape);
        return vectors == 1 ? [names[node]] : [.. Enumerable.Range(0, vectors).Select(vector => _taken.Take($"{names[node]}_{vector}"))];
    }
}
