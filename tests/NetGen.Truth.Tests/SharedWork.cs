using System.Runtime.CompilerServices;
using NetGen.CompilerServices;

namespace NetGen.Truth;

internal static class SharedWork
{
    /// <summary>The networks here are small, but all that they compute is computed by several workers, as far as the pool is free.</summary>
    [ModuleInitializer]
    internal static void Begin()
    {
        NetGenRuntime.Threads = 3;
        WorkSharing.SharesEverything = true;
    }
}
