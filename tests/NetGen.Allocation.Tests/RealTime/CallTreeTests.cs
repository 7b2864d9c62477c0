using System.Reflection;

namespace NetGen.Allocation.Tests.RealTime;

/// <summary>That the reader of call trees sees what it is there to see.</summary>
public sealed class CallTreeTests
{
    [Theory]
    [InlineData(nameof(Mistakes.MakesAnObject), "allocates a List`1")]
    [InlineData(nameof(Mistakes.MakesAnArray), "allocates (newarr)")]
    [InlineData(nameof(Mistakes.Boxes), "allocates (box)")]
    [InlineData(nameof(Mistakes.Captures), "allocates a ")]
    [InlineData(nameof(Mistakes.Locks), "calls System.Threading.Monitor.Enter")]
    [InlineData(nameof(Mistakes.Waits), "calls System.Threading.Thread.Sleep")]
    [InlineData(nameof(Mistakes.Throws), "throws")]
    [InlineData(nameof(Mistakes.Overflows), "may fail (add.ovf)")]
    [InlineData(nameof(Mistakes.Recurses), "calls itself")]
    [InlineData(nameof(Mistakes.TakesStack), CallTree.NoConstant)]
    [InlineData(nameof(Mistakes.TakesMuchStack), "takes 80000 bytes of the stack")]
    [InlineData(nameof(Mistakes.CallsAnyOne), "which may be any of several")]
    [InlineData(nameof(Mistakes.CallsAStructThatAllocates), "allocates (newarr)")]
    [InlineData(nameof(Mistakes.CallsAStaticOfAStructThatAllocates), "allocates a Object")]
    public void A_mistake_is_found(string method, string fault)
    {
        CallTree tree = Read(typeof(Mistakes), method);

        Assert.Contains(tree.Faults.Keys, found => found.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void What_computes_has_no_faults()
    {
        CallTree tree = Read(typeof(CallTreeTests), nameof(Computes));

        Assert.Empty(tree.Faults);
        Assert.Equal(4, tree.Count);
    }

    private static CallTree Read(Type type, string method)
    {
        CallTree tree = new(_ => false);
        tree.Add(type.GetMethod(method, BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static)!);
        return tree;
    }

    private static float Computes(ReadOnlySpan<float> values)
    {
        Span<float> few = stackalloc float[values.IsEmpty ? 0 : 16];
        values.CopyTo(few);
        return Twice(few[0]) + MathF.Sqrt(few[1]) + Sum<Zero>();
    }

    private static float Twice(float value) => 2 * value;

    private static float Sum<T>() where T : INumber => T.Value;

    private interface INumber
    {
        static abstract float Value { get; }
    }

    private readonly struct Zero : INumber
    {
        public static float Value => 0;
    }
}
