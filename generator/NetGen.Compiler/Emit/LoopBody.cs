using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <summary>Prints the code of an unrolled loop over samples. Sixteen columns of results take one loop; it is printed once, and a second time for columns that are fewer.</summary>
/// <remarks>
/// A load of sixteen weights may reach beyond the end of a row, and read whatever lies there: no lane is computed from another, and stores leave the lanes
/// beyond the result out. What is read or written sample by sample is cut where it ends.
/// </remarks>
internal sealed class LoopBody
{
    private const int SamplesInChain = 256;
    private const string SixteenColumns = nameof(SixteenColumns);
    private const string LastColumns = nameof(LastColumns);
    private const string Generic = " where V : struct, IVector16<V>";

    private readonly SourceWriter _writer;
    private readonly SampleLoop _loop;
    private readonly Names _names;
    private readonly TensorTable _tensors;
    private readonly HashSet<string> _taken;
    private readonly Node _product;
    private readonly MatMul _op;
    private readonly int _inner;
    private readonly int _columns;

    public LoopBody(SourceWriter writer, SampleLoop loop, Graph graph, Names names, TensorTable tensors)
    {
        (_writer, _loop, _names, _tensors) = (writer, loop, names, tensors);
        _taken = [.. graph.Nodes.Select(node => names[node]), "batch", "sample", "parameters", "weights", "columns", "start", "end"];
        _product = loop.Product;
        _op = (MatMul)_product.Op;
        _inner = _op.Form == MatMulForm.TransposedLeft ? _product.Shape.Extents[0] : _product.Operands[0].Shape.Last;
        _columns = _product.Shape.Last;
    }

    private int Vectors => UnrollCost.Vectors(Shape.Of(_columns));

    private Node Left => _product.Operands[0];

    private Node Right => _product.Operands[1];

    /// <summary>What the activation saved, whose derivative the result is multiplied by; null where there is none.</summary>
    private Node? Saved => _op.Form == MatMulForm.TransposedRight && _op.Activation is not null ? _product.Operands[2] : null;

    /// <summary>Writes the methods.</summary>
    /// <param name="spans">The struct's spans, in order.</param>
    public void Write(IReadOnlyList<string> spans)
    {
        string[] rows = [.. spans.Select(name => name == "parameters" ? "weights" : RowOf(name))];
        IEnumerable<string> references = spans.Select(name => $"ref MemoryMarshal.GetReference(_{name})");
        if (_op.Form == MatMulForm.TransposedRight)
        {
            _writer.Open($"public void Run<V>(){Generic}");
            _writer.Line($"Span<float> columns = stackalloc float[{_inner * Vectors * 16}];   // {_names[Right]}ᵀ, in rows of whole vectors");
            _writer.Line($"TransposedWeight.Copy(_parameters.Slice({Constant(Right)}, {Right.Shape.Count}), columns, rows: {_columns}, columns: {_inner});");
            _writer.Line($"Run<V>(batch, {string.Join(", ", ["ref MemoryMarshal.GetReference(columns)", .. references.Skip(1)])});");
            _writer.Close();
        }
        else
        {
            _writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
            _writer.Line($"public void Run<V>(){Generic} =>\n    Run<V>(batch, {string.Join(", ", references)});");
        }
        _writer.Line();
        OpenMethod("Run");
        foreach (Node node in _loop.Nodes)
        {
            _writer.Line($"// {node.Op.Formula(node, _names)}");
        }
        if (_op.Form == MatMulForm.TransposedLeft)
        {
            foreach (Node node in _loop.Nodes)
            {
                _writer.Line($"MemoryMarshal.CreateSpan(ref {RowOf(_names[node])}, {node.Shape.Count}).Clear();");
            }
        }
        if (Vectors == 1)
        {
            WriteColumns(0);
            _writer.Close();
            return;
        }
        int rest = _columns % 16;
        int whole = _columns - rest;
        if (whole == 16)
        {
            WriteCall(SixteenColumns, "0");
        }
        else
        {
            _writer.Open($"for (int column = 0; column < {whole}; column += 16)");
            WriteCall(SixteenColumns, "column");
            _writer.Close();
        }
        if (rest > 0)
        {
            WriteCall(LastColumns, $"{whole}");
        }
        _writer.Close();
        WriteMethod(SixteenColumns, 0);
        if (rest > 0)
        {
            WriteMethod(LastColumns, whole);
        }

        void OpenMethod(string name)
        {
            _writer.Line("[MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]");
            _writer.OpenMethod($"private static void {name}<V>", ["int batch", .. rows.Select(row => $"ref float {row}")], Generic);
        }

        void WriteMethod(string name, int column)
        {
            _writer.Line();
            OpenMethod(name);
            WriteColumns(column);
            _writer.Close();
        }

        // All but the operand on the left has a place for each column of the result, and is passed from there on.
        void WriteCall(string name, string column) =>
            _writer.Call($"{name}<V>", ["batch", .. rows.Select(row => column == "0" || row == RowOf(_names[Left]) ? $"ref {row}" : $"ref Unsafe.Add(ref {row}, {column})")]);
    }

    /// <summary>Writes the loop for up to sixteen columns.</summary>
    /// <param name="column">The first of them; references begin there.</param>
    private void WriteColumns(int column)
    {
        Dictionary<Node, string> row = _loop.Nodes.SelectMany(node => node.Operands.Append(node)).Where(value => value.Shape.Batched).Distinct()
            .ToDictionary(value => value, value => RowOf(_names[value]));
        if (_op.Form == MatMulForm.TransposedLeft)
        {
            WriteGradients(column, row);
        }
        else
        {
            WriteProduct(column, row);
        }
    }

    private void WriteProduct(int column, IReadOnlyDictionary<Node, string> row)
    {
        int lanes = Math.Min(16, _columns - column);
        string[] weights = [.. Enumerable.Range(0, _inner).Select(k => Unique($"weight{k}"))];
        string? bias = _op.HasBias ? Unique("bias") : null;
        int chains = Math.Min(_inner, UnrollCost.ChainsFor(Math.Min(Vectors, UnrollCost.VectorsAtATime)));
        string[] sums = [.. Enumerable.Range(0, chains).Select(chain => Unique($"sum{chain}"))];
        for (int k = 0; k < _inner; k++)
        {
            string weight = _op.Form == MatMulForm.Product ? LoadTensor(Right, k * _columns, column, lanes) : $"V.Load(in {At("weights", k * Vectors * 16)})";
            _writer.Line($"V {weights[k]} = {weight};");
        }
        if (bias is not null)
        {
            _writer.Line($"V {bias} = {LoadTensor(_product.Operands[2], 0, column, lanes)};");
        }
        _writer.Open("for (int sample = 0; sample < batch; sample++)");
        for (int k = 0; k < _inner; k++)
        {
            string factor = $"V.Broadcast({At(row[Left], k)})";
            string sum = sums[k % chains];
            string? addend = k >= chains ? sum : k == 0 ? bias : null;
            _writer.Line($"{(k < chains ? "V " : "")}{sum} = {(addend is null ? $"{factor} * {weights[k]}" : $"V.MultiplyAdd({factor}, {weights[k]}, {addend})")};");
        }
        string result = Sum(sums);
        if (_op.Activation is { } activation)
        {
            result = Saved is null ? $"{activation.Construct()}.Apply({result})" : $"{activation.Construct()}.Gradient({LoadRow(row[Saved], lanes)}, {result})";
        }
        _writer.Line($"{StoreRow(row[_product], lanes, result)}\n");
        Advance(row);
        _writer.Close();
    }

    private void WriteGradients(int column, IReadOnlyDictionary<Node, string> row)
    {
        int lanes = Math.Min(16, _columns - column);
        Node? bias = _loop.Nodes.FirstOrDefault(node => node != _product);
        string? biasSum = bias is null ? null : Unique("biasSum");
        string[] sums = [.. Enumerable.Range(0, _inner).Select(k => Unique($"sum{k}"))];
        string delta = Unique("delta");
        _writer.Open($"for (int start = 0; start < batch; start += {SamplesInChain})");
        _writer.Line($"int end = Math.Min(batch, start + {SamplesInChain});   // long sums go in chains, so that they lose no digits");
        string[] all = biasSum is null ? sums : [biasSum, .. sums];
        foreach (IGrouping<int, string> line in all.Select((sum, index) => (sum, index)).GroupBy(pair => pair.index / 8, pair => $"{pair.sum} = default"))
        {
            _writer.Line($"V {string.Join(", ", line)};");
        }
        _writer.Open("for (int sample = start; sample < end; sample++)");
        _writer.Line($"V {delta} = {LoadRow(row[Right], lanes)};");
        if (biasSum is not null)
        {
            _writer.Line($"{biasSum} += {delta};");
        }
        for (int k = 0; k < _inner; k++)
        {
            _writer.Line($"{sums[k]} = V.MultiplyAdd(V.Broadcast({At(row[Left], k)}), {delta}, {sums[k]});");
        }
        _writer.Line();
        Advance(row);
        _writer.Close();
        if (biasSum is not null)
        {
            Accumulate(RowOf(_names[bias!]), 0, biasSum);
        }
        for (int k = 0; k < _inner; k++)
        {
            Accumulate(RowOf(_names[_product]), k * _columns, sums[k]);
        }
        _writer.Close();

        void Accumulate(string gradient, int element, string sum) => _writer.Line($"GradientSum.Add({sum}, ref {At(gradient, element)}, {lanes});");
    }

    private void Advance(IReadOnlyDictionary<Node, string> row)
    {
        foreach (KeyValuePair<Node, string> pair in row)
        {
            _writer.Line($"{pair.Value} = ref Unsafe.Add(ref {pair.Value}, {pair.Key.Shape.Count});");
        }
    }

    /// <summary>Sixteen floats of a tensor, from its column <paramref name="column"/> on, where the reference to its buffer has moved to.</summary>
    private string LoadTensor(Node tensor, int element, int column, int lanes)
    {
        string name = ((Parameter)tensor.Op).Name;
        string place = $"in Unsafe.Add(ref weights, {_tensors[name]}{(element == 0 ? "" : $" + {element}")})";
        return _tensors.FloatsFrom(name, element + column) >= 16 ? $"V.Load({place})" : $"V.LoadPartial({place}, {lanes})";
    }

    private string Constant(Node tensor) => _tensors[((Parameter)tensor.Op).Name];

    private static string LoadRow(string row, int lanes) => lanes == 16 ? $"V.Load(in {row})" : $"V.LoadPartial(in {row}, {lanes})";

    private static string StoreRow(string row, int lanes, string value) =>
        lanes == 16 ? $"V.Store({value}, ref {row});" : $"V.{(lanes <= 4 ? "StoreFew" : "StorePartial")}({value}, ref {row}, {lanes});";

    private static string At(string row, int element) => element == 0 ? row : $"Unsafe.Add(ref {row}, {element})";

    private static string Sum(IReadOnlyList<string> sums) => sums.Count switch
    {
        1 => sums[0],
        2 => $"{sums[0]} + {sums[1]}",
        3 => $"({sums[0]} + {sums[1]}) + {sums[2]}",
        _ => $"({sums[0]} + {sums[1]}) + ({sums[2]} + {sums[3]})",
    };

    private static string RowOf(string name) => $"{name}Row";

    private string Unique(string wanted)
    {
        string name = wanted;
        for (int suffix = 2; _taken.Contains(name); suffix++)
        {
            name = $"{wanted}_{suffix}";
        }
        return name;
    }
}
