using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Loads and stores of a whole or a partial vector: with a constant width of 16 the JIT leaves only the whole one, so a
/// loop and its end are one text.
/// </summary>
internal static class UpTo16
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(ref readonly float source, int width) where V : struct, IVector16<V> =>
        width == 16 ? V.Load(in source) : V.LoadPartial(in source, width);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V vector, ref float destination, int width) where V : struct, IVector16<V>
    {
        if (width == 16) V.Store(vector, ref destination);
        else V.StorePartial(vector, ref destination, width);
    }
}
