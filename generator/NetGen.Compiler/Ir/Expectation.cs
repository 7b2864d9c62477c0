using System.Runtime.CompilerServices;
using System.Text;

namespace NetGen.Compiler.Ir;

/// <summary>What an op expects, as text that is put together only when it is not so: every node of every graph is checked.</summary>
[InterpolatedStringHandler]
public readonly ref struct Expectation
{
    private readonly StringBuilder? _text;

    public Expectation(int literalLength, int formattedCount, bool condition, out bool isNeeded)
    {
        isNeeded = !condition;
        _text = condition ? null : new StringBuilder(literalLength + (formattedCount * 16));
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted<T>(T value) => _text!.Append(value);

    public override string ToString() => _text?.ToString() ?? "";
}
