using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Lowering;

/// <summary>What is legal in a network, and most of the time not meant. It follows values, not lines: <c>From</c> and blocks change nothing.</summary>
internal sealed class Habits
{
    /// <summary>What layers give that restrict their output, in words.</summary>
    private static readonly Dictionary<string, string> Ranges = new()
    {
        ["Softmax"] = "probabilities",
        ["Sigmoid"] = "numbers between 0 and 1",
        ["Tanh"] = "numbers between -1 and 1",
        ["ReLU"] = "no number below 0",
        ["Softplus"] = "no number below 0",
    };

    private readonly IReadOnlyList<LoweredLayer> _layers;
    private readonly Dictionary<Node, LoweredLayer> _makers = [];
    private readonly ILookup<Node, Node> _users;
    private readonly ILookup<string, Node> _readers;   // of parameters, by their names
    private readonly bool _isFixed;

    private Habits(Graph forward, IReadOnlyList<LoweredLayer> layers, bool isFixed)
    {
        (_layers, _isFixed) = (layers, isFixed);
        _users = forward.Nodes.SelectMany(user => user.Operands.Select(operand => (operand, user))).ToLookup(pair => pair.operand, pair => pair.user);
        _readers = _users.SelectMany(users => users, (users, user) => ((users.Key.Op as Parameter)?.Name ?? "", user)).ToLookup(pair => pair.Item1, pair => pair.user);

        // A block's value is its last layer's, which made it and stands first; a layer that does nothing, such as [Dropout(0)], made none.
        foreach (LoweredLayer layer in layers.Where(layer => !_makers.ContainsKey(layer.Value)))
        {
            _makers[layer.Value] = layer;
        }
    }

    /// <summary>What to tell the author of a network.</summary>
    /// <param name="forward">Its graph.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="layers">Its layers, those of a block before the one that takes it.</param>
    /// <param name="losses">Its losses and what they read.</param>
    /// <param name="isFixed">Whether it has a file of weights, whose tensors decide which parameters there are.</param>
    public static IEnumerable<Issue> Of(Graph forward, IEnumerable<LoweredInput> inputs, IReadOnlyList<LoweredLayer> layers, IEnumerable<LoweredLoss> losses, bool isFixed)
    {
        var habits = new Habits(forward, layers, isFixed);
        return [.. habits.OfUnused(inputs), .. layers.SelectMany(habits.OfLayer), .. losses.SelectMany(habits.OfLoss)];
    }

    private IEnumerable<Issue> OfUnused(IEnumerable<LoweredInput> inputs)
    {
        // Of layers that give one value, such as a block's last layer and the block, the outermost is the one to read.
        IEnumerable<LoweredLayer> unused = _layers.Where(layer => !_users[layer.Value].Any()).GroupBy(layer => layer.Value).Select(group => group.Last());
        return inputs.Where(input => !_users[input.Value].Any()).Select(input => Unused(input.Place, input.Name, input.Value))
            .Concat(unused.Select(layer => Unused(layer.Row.Place, layer.Name, layer.Value)));

        static Issue Unused(EquatableArray<int> place, string name, Node value) => new(IssueDescriptors.NothingUses, place, null, new([name, value.Shape.Describe()]));
    }

    private IEnumerable<Issue> OfLayer(LoweredLayer layer)
    {
        if (!_makers.TryGetValue(layer.Input, out LoweredLayer? before))
        {
            yield break;
        }
        if (layer.Kind.IsActivation && before.Kind.IsActivation && !IsMish(before, layer))
        {
            yield return At(layer, IssueDescriptors.TwoActivations, layer.Name, before.Name, layer.Kind.Kind);
        }
        if (layer.Kind is BatchNorm && RateOf(before) is { } rate)
        {
            yield return At(layer, IssueDescriptors.NormAfterDropout, layer.Name, before.Name, Literal.Plain((float)Math.Round(1 / (1 - rate), 2)), before.Kind.Kind);
        }
        if (layer.Kind is BatchNorm && BiasOf(before) is { } bias && _users[layer.Input].All(user => user.Layer == layer.Row.Layer))
        {
            yield return At(before, IssueDescriptors.BiasBeforeNorm, before.Name, Literal.Grouped(bias.Count), layer.Name) with { Argument = "bias" };
        }
    }

    private IEnumerable<Issue> OfLoss(LoweredLoss loss)
    {
        if (!_makers.TryGetValue(loss.Output, out LoweredLayer? last))
        {
            yield break;
        }
        if (RateOf(last) is { } rate)
        {
            yield return At(last, IssueDescriptors.DropoutLast, last.Name, Literal.Plain((float)Math.Round(100 * rate, 2)), loss.Kind, last.Kind.Kind);
        }
        else if (loss.Op.PredictionActivation is { } contained)
        {
            if (Ranges.TryGetValue(last.Kind.Kind, out string? range))
            {
                string reason = contained.Mnemonic == last.Kind.Kind ? ", which the loss contains" : "";
                yield return At(last, IssueDescriptors.WantsLogits, loss.Kind, last.Name, range, last.Kind.Kind, reason);
            }
        }
        else if (last.Kind.Kind == "ReLU" && loss.Op.TargetOf(last.Value.Shape) == last.Value.Shape)
        {
            yield return At(last, IssueDescriptors.NeverNegative, last.Name, loss.Kind, last.Kind.Kind);
        }
    }

    private static Issue At(LoweredLayer layer, IssueDescriptor descriptor, params string[] arguments) => new(descriptor, layer.Row.Place, null, new(arguments));

    /// <summary><c>y = x tanh(softplus(x))</c> (Misra 2019).</summary>
    private static bool IsMish(LoweredLayer first, LoweredLayer second) => (first.Kind.Kind, second.Kind.Kind) == ("Softplus", "Tanh");

    /// <summary>How much a layer drops; null where it drops nothing.</summary>
    private static float? RateOf(LoweredLayer layer) => layer.Kind is DropoutLayer or SpatialDropoutLayer ? layer.Element.Float("rate", 0) : null;

    /// <summary>The bias that a layer may leave out; null where it has none, shares it with another layer, or a file of weights has it.</summary>
    private TensorSpec? BiasOf(LoweredLayer layer) =>
        !_isFixed && layer.Kind.Defaults.Any(argument => argument.Name == "bias")
            ? layer.Row.Parameters.FirstOrDefault(tensor => tensor.Name == $"{layer.Row.Layer.Path}.bias" && !IsShared(tensor, layer.Row.Layer)) : null;

    private bool IsShared(TensorSpec tensor, Layer owner) => _readers[tensor.Name].Any(user => user.Layer != owner);
}

/// <summary>An input as it was lowered: its name, where it stands in the specification, and its value.</summary>
internal sealed record LoweredInput(string Name, EquatableArray<int> Place, Node Value);

/// <summary>A layer as it was lowered: its name within its block, what it is, what it read and what it gives.</summary>
internal sealed record LoweredLayer(string Name, ElementSpec Element, LayerKind Kind, LayerRow Row, Node Input, Node Value);

/// <summary>A loss as it was lowered: its kind as the user wrote it, and the output that it reads.</summary>
internal sealed record LoweredLoss(string Kind, LossOp Op, Node Output);
