using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <summary>An unrolled loop over samples: one struct of the generated file, which <c>Simd.Run</c> compiles for the width of the hardware, and the call to it.</summary>
internal sealed class LoopStep : LayerStep
{
    private readonly SampleLoop _loop;
    private readonly CompiledProgram _program;
    private readonly Names _names;
    private readonly TensorTable _tensors;
    private readonly Node[] _read;

    public LoopStep(SampleLoop loop, CompiledProgram program, Names names, TensorTable tensors) : base(loop.Nodes, program, names)
    {
        (_loop, _program, _names, _tensors) = (loop, program, names, tensors);
        _read = [.. loop.Nodes.SelectMany(node => node.Operands).Where(value => value.Op is not Parameter).Distinct()];
    }

    private MatMul Product => (MatMul)_loop.Product.Op;

    private bool IsGradient => Product.Form == MatMulForm.TransposedLeft;

    /// <inheritdoc/>
    public override IReadOnlyList<Node> Values => [.. _read, .. _loop.Nodes];

    /// <inheritdoc/>
    public override string Text(string method)
    {
        var writer = new SourceWriter();
        (string Type, string Name)[] spans = [
            .. IsGradient ? [] : new[] { ("ReadOnlySpan<float>", "parameters") },
            .. _read.Select(value => ("ReadOnlySpan<float>", _names[value])),
            .. _loop.Nodes.Select(value => ("Span<float>", _names[value]))];
        string what = Product.Form switch
        {
            MatMulForm.Product => "its weight stays in registers while the samples pass",
            MatMulForm.TransposedRight => "the transpose of its weight stays in registers while the samples pass",
            _ => "the sums over the samples stay in registers",
        };
        writer.Line($"/// <summary>Unrolled for one sample; {what}.</summary>");
        OpenKernel(writer, method, spans);
        new LoopBody(writer, _loop, _program.Graph, _names, _tensors).Write([.. spans.Select(span => span.Name)]);
        writer.Close();
        return writer.ToString();
    }

    /// <inheritdoc/>
    public override void WriteCall(SourceWriter writer, string batch, Func<Ambient, string> ambient, Func<Node, string> argument)
    {
        string call = $"Simd.Run(new {Method}({string.Join(", ", [batch, .. IsGradient ? [] : new[] { "parameters" }, .. Values.Select(argument)])}));";
        if (!IsGradient)
        {
            writer.Line(call);
            return;
        }
        writer.Open("if (worker.IsFirst)");
        writer.Line(call);
        if (!_program.UpdatesOnce)
        {
            foreach (Node node in _loop.Nodes.Where(node => _program.Plan.Locations[node].Region == Region.Gradients))
            {
                writer.Line($"{argument(node)}.Update();");
            }
        }
        writer.Close();
    }
}
