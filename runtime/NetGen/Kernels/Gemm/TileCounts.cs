using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

// Numbers of rows as types: n bytes are n rows.

[InlineArray(1)]
internal struct Rows1
{
    private byte _row;
}

[InlineArray(2)]
internal struct Rows2
{
    private byte _row;
}

[InlineArray(3)]
internal struct Rows3
{
    private byte _row;
}

[InlineArray(4)]
internal struct Rows4
{
    private byte _row;
}

[InlineArray(5)]
internal struct Rows5
{
    private byte _row;
}

[InlineArray(6)]
internal struct Rows6
{
    private byte _row;
}

[InlineArray(7)]
internal struct Rows7
{
    private byte _row;
}

[InlineArray(8)]
internal struct Rows8
{
    private byte _row;
}

[InlineArray(9)]
internal struct Rows9
{
    private byte _row;
}

[InlineArray(10)]
internal struct Rows10
{
    private byte _row;
}

[InlineArray(11)]
internal struct Rows11
{
    private byte _row;
}

[InlineArray(12)]
internal struct Rows12
{
    private byte _row;
}

[InlineArray(13)]
internal struct Rows13
{
    private byte _row;
}

[InlineArray(14)]
internal struct Rows14
{
    private byte _row;
}
