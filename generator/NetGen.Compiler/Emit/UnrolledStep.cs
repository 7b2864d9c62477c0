using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <summary>
/// A segment of straight-line code: one struct of the generated file, which <c>Simd.Run</c> compiles for the width of the hardware, and the call to it.
/// It gets the whole buffers of parameters and state, because its offsets are constants.
/// </summary>
internal sealed class UnrolledStep : LayerStep
{
    private readonly Segment _segment;
    private readonly CompiledProgram _program;
    private readonly Names _names;
    private readonly TensorTable _tensors;
    private readonly Node[] _read;
    private readonly Node[] _written;

    public UnrolledStep(Segment segment, CompiledProgram program, Names names, TensorTable tensors) : base(segment.Nodes, program, names)
    {
        (_segment, _program, _names, _tensors) = (segment, program, names, tensors);
        Layer = Section;
        Node[] operands = [.. segment.Nodes.SelectMany(node => node.Operands).Select(operand => operand.Origin)];
        _read = [.. operands.Where(value => value.Op is not (Parameter or State) && !segment.Nodes.Contains(value)).Distinct()];
        _written = [.. segment.Nodes.Where(node => !segment.Registers.Contains(node))];
        Buffers = [
            .. operands.Any(value => value.Op is Parameter) ? ["parameters"] : Array.Empty<string>(),
            .. operands.Any(value => value.Op is State) ? ["state"] : Array.Empty<string>()];
    }

    /// <summary>Which of parameters and state it reads.</summary>
    public IReadOnlyList<string> Buffers { get; }

    /// <summary>Where the code of segments stands, because a segment belongs to no single layer.</summary>
    public static Layer Section { get; } = new("unrolled", "");

    /// <summary>The first layer and the last.</summary>
    public override string Title => string.Join("To", Ends().Select(Names.Pascal));

    public bool Computes(Node node) => _segment.Nodes.Contains(node);

    /// <inheritdoc/>
    public override IReadOnlyList<Node> Values => [.. _read, .. _written];

    /// <inheritdoc/>
    public override string Text(string method)
    {
        var writer = new SourceWriter();
        (string Type, string Name)[] spans = [
            .. Buffers.Concat(_read.Select(value => _names[value])).Select(name => ("ReadOnlySpan<float>", name)),
            .. _written.Select(value => ("Span<float>", _names[value]))];
        writer.Line($"/// <summary>{string.Join(" to ", Ends())}: one sample after the other, {Literal.Grouped(_segment.MultiplyAdds)} vector multiply-adds each.</summary>");
        OpenKernel(writer, method, spans);
        new UnrolledBody(writer, _segment, _program.Graph, _names, _tensors).Write(Buffers, _read, _written);
        writer.Close();
        return writer.ToString();
    }

    /// <inheritdoc/>
    public override void WriteCall(SourceWriter writer, string batch, Func<Ambient, string> ambient, Func<Node, string> argument) =>
        writer.Line($"Simd.Run(new {Method}({string.Join(", ", [batch, .. Buffers, .. Values.Select(argument)])}));");

    /// <summary>The first layer and the last, or the only one; reading a part of the input is not worth a name.</summary>
    private IEnumerable<string> Ends()
    {
        Node first = _segment.Nodes.FirstOrDefault(node => node.Op is not Slice) ?? _segment.Nodes[0];
        return new[] { first.Layer.Path, _segment.Nodes[_segment.Nodes.Count - 1].Layer.Path }.Distinct();
    }
}
