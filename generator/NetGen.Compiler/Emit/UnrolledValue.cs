using System;
using System.Collections.Generic;

namespace NetGen.Compiler.Emit;

/// <summary>One sample's value in straight-line code: parts, one behind the other. Only what is joined has several.</summary>
internal sealed record UnrolledValue(IReadOnlyList<ValuePart> Parts)
{
    /// <summary>One element in all lanes, as a C# expression.</summary>
    public string Broadcast(int index) => Find(index, (part, place) => part.Broadcast(place));

    /// <summary>One element as the factor of a multiply-add: what of the call says so, from its name's end on.</summary>
    public string Factor(int index) => Find(index, (part, place) => part.Factor(place));

    private string Find(int index, Func<ValuePart, int, string> print)
    {
        foreach (ValuePart part in Parts)
        {
            if (index < part.Count)
            {
                return print(part, index);
            }
            index -= part.Count;
        }
        throw new ArgumentOutOfRangeException(nameof(index));
    }
}

/// <summary>Elements that lie in one place.</summary>
internal abstract record ValuePart(int Count)
{
    /// <inheritdoc cref="UnrolledValue.Broadcast"/>
    public abstract string Broadcast(int index);

    /// <inheritdoc cref="UnrolledValue.Factor"/>
    public abstract string Factor(int index);

    /// <summary>The elements from 16 <paramref name="index"/> on, one a lane.</summary>
    public abstract string Vector(int index);
}

/// <summary>A value in local variables of sixteen lanes.</summary>
internal sealed record InRegisters(IReadOnlyList<string> Vectors, int Count) : ValuePart(Count)
{
    public override string Broadcast(int index) => $"V.BroadcastLane{Lane(index)})";

    public override string Factor(int index) => $"Lane{Lane(index)}";

    public override string Vector(int index) => Vectors[index];

    private string Lane(int index) => $"({Vectors[index / 16]}, {index % 16}";
}

/// <summary>A part of a row in memory: nothing beyond it is read, because it may end where the caller's memory ends.</summary>
internal sealed record InMemory(string Row, int Start, int Count) : ValuePart(Count)
{
    public InMemory Slice(int start, int count) => new(Row, Start + start, count);

    public override string Broadcast(int index) => $"V.Broadcast{Factor(index)})";

    public override string Factor(int index) => $"({Place(Row, Start + index)}";

    public override string Vector(int index)
    {
        int lanes = Math.Min(16, Count - (16 * index));
        string place = Place(Row, Start + (16 * index));
        return lanes == 16 ? $"V.Load(in {place})" : $"V.LoadPartial(in {place}, {lanes})";
    }

    /// <summary>An element of a row, as C#.</summary>
    public static string Place(string row, int index) => index == 0 ? row : $"Unsafe.Add(ref {row}, {index})";
}
