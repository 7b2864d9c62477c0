using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>What a convolution connects: the runtime's <c>ConvolutionShape</c>.</summary>
/// <param name="Window">Where it reads.</param>
/// <param name="Inputs">Channels of the image.</param>
/// <param name="Outputs">Channels of the result.</param>
/// <param name="Groups">Parts that the channels are divided into; each part of the result reads its part of the image.</param>
/// <param name="IsDepthwise">Whether each channel has filters of its own and kernels run vectors along the channels, since nothing is summed over them.</param>
/// <param name="IsWinograd">Whether kernels take fewer products, by tiles of 2x2 places.</param>
public sealed record ConvolutionShape(Window Window, int Inputs, int Outputs, int Groups, bool IsDepthwise = false, bool IsWinograd = false)
{
    /// <summary>The weight's shape in memory: for each group taps, then inputs, then outputs; depthwise taps, then outputs.</summary>
    public Shape Weight
    {
        get
        {
            IEnumerable<int> taps = Window.Axes.Select(axis => axis.Kernel);
            return IsDepthwise ? Shape.Of([.. taps, Outputs])
                : Groups == 1 ? Shape.Of([.. taps, Inputs, Outputs])
                : Shape.Of([Groups, .. taps, Inputs / Groups, Outputs / Groups]);
        }
    }

    public long Flops => 2L * Window.Output(1).Count * Window.Taps * (Inputs / Groups) * Outputs;

    /// <summary>As an object of the runtime.</summary>
    public SharedObject Construct() => new(
        "ConvolutionShape", $"{Window.Construct().Construct()}, inputs: {Inputs}, outputs: {Outputs}, groups: {Groups}{(IsWinograd ? ", winograd: true" : "")}");

    public override string ToString() => $"{Window}{(Groups == 1 ? "" : $", groups {Groups}")}{(IsWinograd ? ", winograd" : "")}";
}

/// <summary>
/// A convolution (operands: image, weight), or its transpose, which goes from the places of the window back to pixels. <see cref="Passes.Fuse"/> makes what follows it
/// its epilogue.
/// </summary>
/// <param name="Shape">The geometry of the convolution; of the one whose transpose it is, if it is one.</param>
/// <param name="Transposed">Whether it is the transpose.</param>
public sealed record Convolve(ConvolutionShape Shape, bool Transposed = false) : Op
{
    public Epilogue Epilogue { get; init; } = Epilogue.None;

    /// <summary>The window of a max pool of the result, done last; null for none.</summary>
    public Window? Pool { get; init; }

    /// <summary>Whether a max pool can be its last step: the kernel pools rows of pixels as it computes them, and of windows of one tap it computes many as one.</summary>
    public bool CanPool(Window pool) =>
        !Transposed && !Shape.IsDepthwise && Shape.Window.Taps > 1 && !Epilogue.HasResidual && Pool is null && pool.HasRowsOfItsOwn;

    public override string Mnemonic => Transposed ? "ConvolveTransposed" : "Convolve";

    public override string Attributes =>
        $"{Shape}{(Epilogue == Epilogue.None ? "" : $", {Epilogue}")}{(Pool is null ? "" : $", max of {Pool}")}";

    /// <summary>A causal convolution of stride 1 sees the step and some before it: a window of its own.</summary>
    public override Node? InStream(StreamBuilder stream, Node node, IReadOnlyList<Node> operands)
    {
        WindowAxis axis = Shape.Window.Axes[0];
        if (Transposed || Shape.Window.Axes.Count > 1 || axis.Stride != 1 || axis.Padding != axis.Dilation * (axis.Kernel - 1) || axis.Output != axis.Input)
        {
            return null;
        }
        Node history = stream.Remember("history", Ir.Shape.Of(axis.Padding + 1, Shape.Inputs));
        Node recent = stream.Graph.Add(new Recent(axis.Kernel, axis.Dilation), operands[0], history);
        var window = new Window(new([new WindowAxis(axis.Kernel, 1, axis.Kernel, 1, 1, 0)]));
        return stream.Graph.Add(this with { Shape = Shape with { Window = window } }, [recent, .. operands.Skip(1)], node.Name);
    }

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Ir.Shape image = Transposed ? Shape.Window.Output(Shape.Outputs) : Shape.Window.Input(Shape.Inputs);
        Ir.Shape result = Transposed ? Shape.Window.Input(Shape.Inputs) : Shape.Window.Output(Shape.Outputs);
        Require(operands[0] == image && operands[1] == Shape.Weight, $"{image} and {Shape.Weight}, got {operands[0]} and {operands[1]}");
        Require(Epilogue.Fits(operands, result), $"what its epilogue says, {Epilogue}");
        Require(!Transposed || !Epilogue.HasResidual, "no residual of a transpose");
        Require(Pool is null || Pool.Input(result.Last) == result, $"a pool of {result}");
        return Pool?.Output(result.Last) ?? result;
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand)
    {
        Require(Epilogue == Epilogue.None && Pool is null, "to be differentiated before it is fused");
        (Node image, Node weight) = (node.Operands[0], node.Operands[1]);
        if (operand == 0)
        {
            return Transposed ? builder.Add(new Convolve(Shape), gradient, weight) : builder.Add(new ConvolveInputGradient(Shape), gradient, weight);
        }
        // The transpose reads what the convolution writes.
        return Transposed ? builder.Add(new ConvolveWeightGradient(Shape), gradient, image) : builder.Add(new ConvolveWeightGradient(Shape), image, gradient);
    }

    public override long Flops(Node node) => Pool is null
        ? Shape.Flops + Epilogue.Flops(node.Shape.Count)
        : Shape.Flops + Epilogue.Flops(Pool.Input(node.Shape.Last).Count) + node.Shape.Count * Pool.Taps;

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => Pool is null ? [Shape.Construct()] : [Shape.Construct(), Pool.Construct() with { Role = "Pool" }];

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {(Pool is null ? "" : $"max of each {Pool} window of ")}" +
        $"{Epilogue.Formula($"{names[node.Operands[0]]} {(Transposed ? "∗ᵀ" : "∗")} {names[node.Operands[1]]}", node, names)}";

    public override string Emit(Node node, INames names)
    {
        (string scale, string shift, string residual) = Epilogue.Arguments(node, names);
        if (Pool is not null)
        {
            return $"Convolution.ForwardPooled({names[node.Operands[0]]}, {names[node.Operands[1]]}, {scale}, {shift}, {names[node]}, images: batch, " +
                $"{names.SharedObject(node)}, {names.SharedObject(node, 1)}, {Epilogue.ConstructActivation()});";
        }
        string operands = $"{names[node.Operands[0]]}, {names[node.Operands[1]]}, {scale}, {shift}{(Transposed ? "" : $", {residual}")}, {names[node]}";
        return $"{(Shape.IsDepthwise ? "DepthwiseConvolution" : "Convolution")}.{(Transposed ? "Transposed" : "Forward")}({operands}, images: batch, " +
            $"{names.SharedObject(node)}, {Epilogue.ConstructActivation()});";
    }
}
