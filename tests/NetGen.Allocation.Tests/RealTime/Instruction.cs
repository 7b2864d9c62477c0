using System.Reflection;
using System.Reflection.Emit;

namespace NetGen.Allocation.Tests.RealTime;

/// <summary>One instruction of a compiled method.</summary>
/// <param name="Code">What it does.</param>
/// <param name="Operand">A token, or a number; 0 where there is none.</param>
internal readonly record struct Instruction(OpCode Code, long Operand)
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The instructions of a method in order.</summary>
    public static List<Instruction> Of(byte[] body)
    {
        List<Instruction> instructions = [];
        for (int at = 0; at < body.Length;)
        {
            bool isLong = body[at] == 0xFE;
            OpCode code = Codes[isLong ? (short)(0xFE00 | body[at + 1]) : body[at]];
            at += isLong ? 2 : 1;
            int size = SizeOf(code.OperandType, body, at);
            long operand = size switch
            {
                1 => (sbyte)body[at],
                2 => BitConverter.ToInt16(body, at),
                4 => BitConverter.ToInt32(body, at),
                8 => BitConverter.ToInt64(body, at),
                _ => 0,
            };
            instructions.Add(new(code, operand));
            at += size;
        }
        return instructions;
    }

    /// <summary>The integer that it loads; null where it loads none.</summary>
    public long? Constant =>
        Code == OpCodes.Ldc_I4 || Code == OpCodes.Ldc_I4_S || Code == OpCodes.Ldc_I8 ? Operand
        : Code.Value >= OpCodes.Ldc_I4_0.Value && Code.Value <= OpCodes.Ldc_I4_8.Value ? Code.Value - OpCodes.Ldc_I4_0.Value
        : null;

    private static int SizeOf(OperandType type, byte[] body, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(body, at),
        _ => 4,
    };
}
