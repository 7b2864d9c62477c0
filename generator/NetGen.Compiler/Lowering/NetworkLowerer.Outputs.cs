using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Lowering;

/// <content>Outputs and their losses.</content>
internal sealed partial class NetworkLowerer
{
    /// <summary>Lowers all that follows the inputs.</summary>
    /// <returns>The row of all outputs, and what it is made of.</returns>
    private (Node Row, IReadOnlyList<OutputSpec> Outputs) LowerToOutputs(Scope scope, int first, Node input) =>
        scope.Elements.Any(element => element.Kind == OutputKind) ? LowerDeclaredOutputs(scope, first, input) : LowerOnlyOutput(scope, first, input);

    /// <summary>The last layer's value is the output, and the last element may be its loss.</summary>
    private (Node Row, IReadOnlyList<OutputSpec> Outputs) LowerOnlyOutput(Scope scope, int first, Node input)
    {
        IReadOnlyList<ElementSpec> elements = scope.Elements;
        int end = LossTable.Find(elements[elements.Count - 1].Kind) is not null ? elements.Count - 1 : elements.Count;
        (Node output, string name) = LowerLayers(scope, first, input, scope.Names[first - 1], end);
        AddOutput(output);
        var spec = new OutputSpec(null, output.Shape, 0, 1, null, null, null, TargetStart: 0);
        return (output, [end < elements.Count ? LowerLoss(spec, scope, end, output, name, hasSeveral: false) : spec]);
    }

    private (Node Row, IReadOnlyList<OutputSpec> Outputs) LowerDeclaredOutputs(Scope scope, int first, Node input)
    {
        IReadOnlyList<ElementSpec> elements = scope.Elements;
        bool hasSeveral = elements.Count(element => element.Kind == OutputKind) > 1;
        var outputs = new List<(int Element, OutputSpec Spec, Node Value)>();
        (Node value, string name, int start, int targetStart) = (input, scope.Names[first - 1], 0, 0);
        for (int index = first; index < elements.Count; index++)
        {
            int end = index;
            while (end < elements.Count && elements[end].Kind != OutputKind)
            {
                end++;
            }
            if (end == elements.Count)
            {
                throw Trailing(scope, index);
            }
            (value, name) = LowerLayers(scope, index, value, name, end);
            scope.Define(end, value);
            OutputSpec output = Declared(scope, end, value, name, start, targetStart);
            start += (int)value.Shape.Count;
            index = end;
            if (end + 1 < elements.Count && LossTable.Find(elements[end + 1].Kind) is not null)
            {
                index = end + 1;
                output = LowerLoss(output, scope, index, value, name, hasSeveral);
                targetStart += output.TargetCount;
            }
            outputs.Add((end, output, value));
        }
        if (outputs.FirstOrDefault(output => output.Spec.Loss is not null).Spec is { } trained
            && outputs.FirstOrDefault(output => output.Spec.Loss is null) is { Spec: { } untrained } missing)
        {
            throw new LoweringException(new(IssueDescriptors.OutputWithoutLoss, scope.At(missing.Element), null, new([untrained.Name!, trained.Name!])));
        }
        Graph.Layer = new("output", "");
        Node row = outputs.Count == 1 ? outputs[0].Value
            : Graph.Add(new Concat(0), [.. outputs.Select(output => Graph.Add(new Reshape(Shape.Batch((int)output.Value.Shape.Count)), output.Value))]);
        AddOutput(row);
        return (row, [.. outputs.Select(output => output.Spec)]);
    }

    private OutputSpec Declared(Scope scope, int element, Node value, string valueName, int start, int targetStart)
    {
        var context = new LayerContext(this, scope, element, value, valueName, new(scope.Names[element], ""));
        context.ExpectNumbers(value, valueName);
        float weight = context.Element.Float("weight", 1);
        context.Expect(weight > 0 && !float.IsInfinity(weight), "weight", "above 0", weight);
        context.ExpectFits(start + value.Shape.Count);
        return new(scope.Names[element], value.Shape, start, weight, null, null, null, targetStart);
    }

    private void AddOutput(Node row)
    {
        Graph.Layer = new("output", "");
        Graph.Add(new Output(), [row], "output");
    }

    private OutputSpec LowerLoss(OutputSpec output, Scope scope, int element, Node value, string valueName, bool hasSeveral)
    {
        ElementSpec spec = scope.Elements[element];
        string prefix = output.Name is { } name ? $"{name}." : "";
        Graph.Layer = new($"{prefix}loss", LayerDescription.Of(spec, []));
        var context = new LayerContext(this, scope, element, value, valueName, Graph.Layer);
        LossRow row = LossTable.Find(spec.Kind)!;
        LossOp loss = row.Lower(context);
        if (value.Shape.Rank == 2 && value.Shape.Extents[0] == SequenceLength && !_time.IsFirst(value))
        {
            // The rows would be taken for steps.
            throw context.Fail(
                IssueDescriptors.LossDoesNotFit, null, spec.Kind, "(time, features)", valueName, $"(features, time) of {value.Shape.Describe()}",
                "bring time back to the first place with [Permute(1, 0)]");
        }
        _losses.Add(new(spec.Kind, loss, value));
        if (hasSeveral)
        {
            loss = loss.OfFloats();
        }
        List<Node> operands = [value];
        if (loss.TargetOf(value.Shape) is { } target)
        {
            operands.Add(Graph.Add(new Target(target, output.TargetStart, loss.Map), [], $"{prefix}target"));
        }
        Node weights = Graph.Add(new RowWeights(LossOp.RowsOf(value.Shape), output.Weight, loss.Map), [], $"{prefix}rowWeights");
        Node losses = Graph.Add(loss, [.. operands, weights], $"{prefix}losses");
        Graph.Add(new Loss(output.Name ?? ""), [losses], $"{prefix}loss");
        return output with { Loss = loss, LossKind = row.RuntimeKind ?? row.Kind, LossLayer = Graph.Layer };
    }

    private static LoweringException Trailing(Scope scope, int element)
    {
        ElementSpec spec = scope.Elements[element];
        return LayerTable.Find(spec.Kind) is null
            ? new(new(IssueDescriptors.MisplacedElement, scope.At(element), null, new([spec.Kind, ReasonAgainst(spec, scope)])))
            : new(new(IssueDescriptors.AfterLastOutput, scope.At(element), null, new([scope.Names[element]])));
    }
}
