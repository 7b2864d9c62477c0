namespace NetGen.Allocation.Tests.RealTime;

/// <summary>Methods that no real-time thread should call, one mistake each.</summary>
internal static class Mistakes
{
    public static int MakesAnObject() => new List<int>().Count;

    public static int MakesAnArray(int length) => new int[length].Length;

    public static object Boxes(int value) => value;

    public static Func<int> Captures(int value) => () => value;

    public static void Locks(object gate)
    {
        lock (gate) GC.KeepAlive(gate);
    }

    public static void Waits() => Thread.Sleep(1);

    public static void Throws() => throw new InvalidOperationException();

    public static int Overflows(int value) => checked(value + 1);

    public static int Recurses(int depth) => depth == 0 ? 0 : Recurses(depth - 1);

    public static float TakesStack(int length)
    {
        Span<float> values = stackalloc float[length];
        return values[0];
    }

    public static float TakesMuchStack()
    {
        Span<float> values = stackalloc float[20_000];
        return values[0];
    }

    public static string? CallsAnyOne(Base value) => value.Name();

    public static int CallsAStructThatAllocates() => Call(default(Allocating));

    public static object CallsAStaticOfAStructThatAllocates() => Make<Allocating>();

    private static int Call<T>(T value) where T : struct, ICallable => value.Call();

    private static object Make<T>() where T : struct, ICallable => T.Make();

    internal abstract class Base
    {
        public virtual string? Name() => null;
    }

    private interface ICallable
    {
        static abstract object Make();

        int Call();
    }

    private readonly struct Allocating : ICallable
    {
        public static object Make() => new();

        public int Call() => new int[1].Length;
    }
}
