using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Truth;

/// <summary>Recurrences, attention, embeddings and what is made of a sequence, by definition.</summary>
internal static class ReferenceSequences
{
    /// <summary>The first state after each step; with <paramref name="previous"/> the one before each step.</summary>
    public static double[] Scan(Scan scan, double[][] x, int steps, Bindings bindings, bool previous)
    {
        var recurrence = new ReferenceRecurrence(scan, x, steps, bindings);
        return previous ? recurrence.Previous : recurrence.Hidden;
    }

    /// <summary>The gradient of the projected input of each step, or of the projected state.</summary>
    public static double[] ScanGradient(Scan scan, double[][] x, int steps, Bindings bindings, double[] gradient, bool ofState)
    {
        (double[] ofInput, double[] ofProjectedState) = new ReferenceRecurrence(scan, x, steps, bindings).Gradients(gradient);
        return ofState ? ofProjectedState : ofInput;
    }

    public static double[] Embed(double[] ids, double[] table, int size) => [.. ids.SelectMany(id => table.Skip(Whole(id) * size).Take(size))];

    public static double[] EmbedGradient(double[] ids, double[] gradient, int vocabulary, int size)
    {
        var table = new double[vocabulary * size];
        for (int index = 0; index < gradient.Length; index++)
        {
            table[(Whole(ids[index / size]) * size) + (index % size)] += gradient[index];
        }
        return table;
    }

    /// <summary>Noise does not make another id.</summary>
    private static int Whole(double id) => (int)Math.Round(id);

    public static double[] AddSinusoids(double[] x, int steps, int features) => [.. x.Select((value, index) =>
    {
        (int step, int feature) = (index / features % steps, index % features);
        double angle = step * Math.Pow(10000, -(feature / 2 * 2) / (double)features);
        return value + (feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
    })];

    public static double[] Rotate(Rotate rotate, double[] x, int width)
    {
        double[] y = [.. x];
        int half = rotate.HeadSize / 2;
        for (int index = 0; index < x.Length; index++)
        {
            (int row, int column) = (index / width, index % width);
            int feature = column % rotate.HeadSize;
            if (column >= width / 3 * 2 || feature >= half)
            {
                continue;
            }
            double angle = row % rotate.Time * Math.Pow(rotate.Base, -2.0 * feature / rotate.HeadSize) * (rotate.Inverse ? -1 : 1);
            (double a, double b) = (x[index], x[index + half]);
            y[index] = (a * Math.Cos(angle)) - (b * Math.Sin(angle));
            y[index + half] = (b * Math.Cos(angle)) + (a * Math.Sin(angle));
        }
        return y;
    }

    public static double[] OverTime(OverTimeKind kind, double[] x, int steps, int features, Bindings bindings, bool hasLengths)
    {
        var y = new double[bindings.Batch * features];
        for (int index = 0; index < y.Length; index++)
        {
            (int sample, int feature) = (index / features, index % features);
            double[] values = [.. Enumerable.Range(0, bindings.LengthOf(sample, steps, hasLengths)).Select(step => x[(((sample * steps) + step) * features) + feature])];
            y[index] = kind switch { OverTimeKind.Mean => values.Average(), OverTimeKind.Max => values.Max(), _ => values[^1] };
        }
        return y;
    }

    public static double[] OverTimeGradient(OverTimeGradient op, double[][] operands, int features, Bindings bindings)
    {
        double[] gradient = operands[0];
        var result = new double[bindings.Batch * op.Steps * features];
        for (int index = 0; index < gradient.Length; index++)
        {
            (int sample, int feature) = (index / features, index % features);
            int length = bindings.LengthOf(sample, op.Steps, op.HasLengths);
            int Place(int step) => (((sample * op.Steps) + step) * features) + feature;
            if (op.Kind == OverTimeKind.Mean)
            {
                for (int step = 0; step < length; step++)
                {
                    result[Place(step)] = gradient[index] / length;
                }
            }
            else
            {
                int step = op.Kind == OverTimeKind.Last ? length - 1 : Enumerable.Range(0, length).MaxBy(step => operands[1][Place(step)]);
                result[Place(step)] = gradient[index];
            }
        }
        return result;
    }
}

/// <summary>A scan by its definition: the cell's own graph, run step after step, and its gradient's graph backwards.</summary>
internal sealed class ReferenceRecurrence
{
    private readonly Scan _scan;
    private readonly Bindings _bindings;
    private readonly CellBody _body;
    private readonly double[] _projection, _weight, _bias;
    private readonly int _steps, _units, _gates;
    private readonly double[][][] _before;   // by step, the states before it
    private readonly int[] _order;

    public ReferenceRecurrence(Scan scan, double[][] x, int steps, Bindings bindings)
    {
        (_scan, _bindings, _steps) = (scan, bindings, steps);
        (_projection, _weight, _bias) = (x[0], x[1], x[2]);
        _gates = _bias.Length;
        _units = _gates / scan.Cell.Gates;
        _body = scan.Cell.Body(_units);
        _order = [.. Enumerable.Range(0, steps)];
        if (scan.Reverse)
        {
            Array.Reverse(_order);
        }
        _before = new double[steps][][];
        Hidden = new double[bindings.Batch * steps * _units];
        Previous = new double[Hidden.Length];
        Node[] nodes = [.. _body.Graph.Build().Nodes];
        double[][] states = [.. _body.States.Select((_, state) => scan.Carries ? StateOf(x[3], state) : new double[bindings.Batch * _units])];
        foreach (int step in _order)
        {
            _before[step] = states;
            Dictionary<Node, double[]> values = Evaluate(nodes, Inputs(step));
            double[][] after = [.. _body.Next.Select((next, index) => Keep(values[next], states[index], step))];
            for (int index = 0; index < states[0].Length; index++)
            {
                int place = Place(index, step);
                Previous[place] = states[0][index];
                Hidden[place] = IsReal(index / _units, step) ? after[0][index] : 0;
            }
            states = after;
        }
        Final = [.. Enumerable.Range(0, bindings.Batch).SelectMany(sample => states.SelectMany(state => state.Skip(sample * _units).Take(_units)))];
    }

    public double[] Hidden { get; }

    /// <summary>The states after the last step, a row of all of them for each sample.</summary>
    public double[] Final { get; }

    public double[] Previous { get; }

    public (double[] OfInput, double[] OfState) Gradients(double[] gradient)
    {
        CellBody body = _scan.Cell.Body(_units);
        Node[] seeds = [.. body.Next.Select(_ => body.Graph.Add(new Input(Compiler.Ir.Shape.Batch(_units))))];
        IReadOnlyList<Node?> pulled = Differentiate.Pull(
            body.Graph, [.. body.Graph.Build().Nodes], body.Next.Zip(seeds), [body.Projection, body.Recurrent, .. body.States]);
        Node[] nodes = [.. body.Graph.Build().Nodes];
        double[] ofInput = new double[_projection.Length], ofState = new double[_projection.Length];
        double[][] coming = [.. body.States.Select(_ => new double[_bindings.Batch * _units])];
        foreach (int step in _order.Reverse())
        {
            double[][] ofNext = [.. coming.Select(part => part.ToArray())];
            for (int index = 0; index < ofNext[0].Length; index++)
            {
                ofNext[0][index] += gradient[Place(index, step)];
            }
            Dictionary<Node, double[]> inputs = Inputs(step, body);
            for (int state = 0; state < seeds.Length; state++)
            {
                inputs[seeds[state]] = ofNext[state];
            }
            Dictionary<Node, double[]> values = Evaluate(nodes, inputs);
            double[] input = values[pulled[0]!], recurrent = values[pulled[1]!];
            double[][] next = [.. body.States.Select((_, state) => pulled[2 + state] is { } node ? [.. values[node]] : new double[_bindings.Batch * _units])];
            for (int sample = 0; sample < _bindings.Batch; sample++)
            {
                bool real = IsReal(sample, step);
                for (int gate = 0; gate < _gates; gate++)
                {
                    int place = (((sample * _steps) + step) * _gates) + gate;
                    ofInput[place] = real ? input[(sample * _gates) + gate] : 0;
                    ofState[place] = real ? recurrent[(sample * _gates) + gate] : 0;
                }
                for (int unit = 0; unit < _units; unit++)
                {
                    int index = (sample * _units) + unit;
                    next[0][index] += Enumerable.Range(0, _gates).Sum(gate => recurrent[(sample * _gates) + gate] * _weight[(unit * _gates) + gate]);
                    for (int state = 0; state < next.Length; state++)
                    {
                        next[state][index] = real ? next[state][index] : coming[state][index];
                    }
                }
            }
            coming = next;
        }
        return (ofInput, ofState);
    }

    private Dictionary<Node, double[]> Evaluate(IEnumerable<Node> nodes, Dictionary<Node, double[]> inputs)
    {
        var values = new Dictionary<Node, double[]>(inputs);
        foreach (Node node in nodes.Where(node => !inputs.ContainsKey(node)))
        {
            double[] value = Interpreter.EvaluateAlone(node.Op, [.. node.Operands.Select(operand => values[operand])], [.. node.Operands.Select(operand => operand.Shape)]);
            values[node] = _bindings.Noise is { } noise ? [.. value.Select(noise)] : value;
        }
        return values;
    }

    private Dictionary<Node, double[]> Inputs(int step, CellBody? body = null)
    {
        body ??= _body;
        double[] projection = [.. Enumerable.Range(0, _bindings.Batch).SelectMany(sample => _projection.Skip(((sample * _steps) + step) * _gates).Take(_gates))];
        double[] hidden = _before[step][0];
        var recurrent = new double[projection.Length];
        for (int index = 0; index < recurrent.Length; index++)
        {
            (int sample, int gate) = (index / _gates, index % _gates);
            recurrent[index] = _bias[gate] + Enumerable.Range(0, _units).Sum(unit => hidden[(sample * _units) + unit] * _weight[(unit * _gates) + gate]);
        }
        var inputs = new Dictionary<Node, double[]> { [body.Projection] = projection, [body.Recurrent] = recurrent };
        for (int state = 0; state < body.States.Count; state++)
        {
            inputs[body.States[state]] = _before[step][state];
        }
        return inputs;
    }

    /// <summary>One of the states of all samples, from rows of all states.</summary>
    private double[] StateOf(double[] rows, int state) =>
        [.. rows.Chunk(_body.States.Count * _units).SelectMany(row => row.Skip(state * _units).Take(_units))];

    private bool IsReal(int sample, int step) => step < _bindings.LengthOf(sample, _steps, _scan.HasLengths);

    private double[] Keep(double[] after, double[] before, int step) => [.. after.Select((value, index) => IsReal(index / _units, step) ? value : before[index])];

    private int Place(int index, int step) => ((((index / _units) * _steps) + step) * _units) + (index % _units);
}
