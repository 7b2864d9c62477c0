using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>What a product or a convolution does to its sums before it stores them: a scale and shift or a shift alone for each channel, then a residual, then an activation.</summary>
/// <param name="Channels">What is done to each channel; its operand comes after those of the sum.</param>
/// <param name="HasResidual">Whether the last operand is added.</param>
/// <param name="Activation">Applied last; null for none.</param>
public sealed record Epilogue(ChannelMap Channels = ChannelMap.None, bool HasResidual = false, Activation? Activation = null)
{
    public static Epilogue None { get; } = new();

    /// <summary>Operands beyond those of the sum.</summary>
    public int Operands => (Channels == ChannelMap.None ? 0 : 1) + (HasResidual ? 1 : 0);

    /// <summary>Whether the operands beyond those of the sum fit.</summary>
    /// <param name="operands">All operands, two of them being those of the sum.</param>
    /// <param name="result">The shape of the result, channels last.</param>
    public bool Fits(IReadOnlyList<Shape> operands, Shape result) =>
        operands.Count == 2 + Operands
        && (Channels == ChannelMap.None || operands[2] == (Channels == ChannelMap.Shift ? Shape.Of(result.Last) : Shape.Of(2, result.Last)))
        && (!HasResidual || operands[operands.Count - 1] == result);

    /// <summary>Floating-point operations.</summary>
    /// <param name="elements">Of the result.</param>
    public long Flops(long elements) => elements * ((int)Channels + (HasResidual ? 1 : 0) + (Activation?.Function.Flops ?? 0));

    /// <summary>The line of mathematics.</summary>
    /// <param name="sum">Of the product.</param>
    /// <param name="node">Whose operands are named.</param>
    /// <param name="names">Their names.</param>
    public string Formula(string sum, Node node, INames names)
    {
        string mapped = Channels switch
        {
            ChannelMap.Shift => $"{sum} + {names[node.Operands[2]]}",
            ChannelMap.ScaleAndShift => $"({sum}) ⊙ scale + shift",
            _ => sum,
        };
        string whole = HasResidual ? $"{mapped} + {names[node.Operands[node.Operands.Count - 1]]}" : mapped;
        return Activation?.Function.Formula(whole) ?? whole;
    }

    /// <summary>The arguments scale, shift and residual of a kernel.</summary>
    public (string Scale, string Shift, string Residual) Arguments(Node node, INames names)
    {
        int channels = node.Shape.Last;
        string residual = HasResidual ? names[node.Operands[node.Operands.Count - 1]] : "residual: default";
        return Channels switch
        {
            ChannelMap.None => ("scale: default", "shift: default", residual),
            ChannelMap.Shift => ("scale: default", names[node.Operands[2]], residual),
            _ => ($"{names[node.Operands[2]]}.Slice(0, {channels})", $"{names[node.Operands[2]]}.Slice({channels}, {channels})", residual),
        };
    }

    /// <summary>As C#.</summary>
    public string ConstructActivation() => Activation?.Construct() ?? "default(Identity)";

    /// <summary>In printed graphs; nothing for none.</summary>
    public override string ToString()
    {
        string[] parts =
        [
            Channels switch { ChannelMap.Shift => "bias", ChannelMap.ScaleAndShift => "scale and shift", _ => "" },
            HasResidual ? "residual" : "",
            Activation?.ToString() ?? "",
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }
}

/// <summary>What is done to each channel of a sum; as many operations as its number says.</summary>
public enum ChannelMap
{
    None,

    /// <summary>Adds a vector: a bias.</summary>
    Shift,

    /// <summary>Multiplies by one vector and adds another, <c>[2, channels]</c>: a normalisation whose statistics are fixed.</summary>
    ScaleAndShift,
}
