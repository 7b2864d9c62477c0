using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Compiler.Spec;

/// <summary>A read-only list that is equal to another one when the elements are: what incremental generators cache.</summary>
public readonly struct EquatableArray<T>(IEnumerable<T> items) : IReadOnlyList<T>, IEquatable<EquatableArray<T>>
    where T : notnull
{
    private readonly T[]? _items = items.ToArray();

    public int Count => Items.Length;

    public T this[int index] => Items[index];

    private T[] Items => _items ?? [];

    public static bool operator ==(EquatableArray<T> left, EquatableArray<T> right) => left.Equals(right);

    public static bool operator !=(EquatableArray<T> left, EquatableArray<T> right) => !left.Equals(right);

    public bool Equals(EquatableArray<T> other) => Items.SequenceEqual(other.Items);

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        int hash = 17;
        foreach (T item in Items)
        {
            hash = unchecked((hash * 31) + item.GetHashCode());
        }
        return hash;
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
