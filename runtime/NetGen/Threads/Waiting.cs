using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Waiting for another thread to change a word: by spinning, because that answers within tens of nanoseconds, but not for long.</summary>
internal static class Waiting
{
    private const int PausesPerLook = 64;

    /// <summary>How long a thread spins: a few times what it costs to sleep and be woken.</summary>
    private static readonly long SpinTicks = Stopwatch.Frequency * 50 / 1_000_000;

    /// <summary>How long a thread then offers its processor to others, before it sleeps.</summary>
    private static readonly long YieldTicks = Stopwatch.Frequency * 200 / 1_000_000;

    /// <summary>Spins while <paramref name="word"/> is <paramref name="value"/>, at most some 50 microseconds.</summary>
    /// <returns>Whether the word changed.</returns>
    // The clock bounds the time and not a number of pauses, since a pause takes 1 to 50 ns, according to the processor.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool SpinWhile(ref int word, int value)
    {
        for (long end = 0; ;)
        {
            for (int i = 0; i < PausesPerLook; i++)
            {
                if (Volatile.Read(ref word) != value)
                {
                    return true;
                }
                Pause();
            }
            long now = Stopwatch.GetTimestamp();
            if (end == 0)
            {
                end = now + SpinTicks;
            }
            else if (now > end)
            {
                return false;
            }
        }
    }

    /// <summary>
    /// Waits while <paramref name="word"/> is <paramref name="value"/>, however long it takes: spins where <paramref name="spin"/> allows it, then
    /// yields, then sleeps a millisecond at a time.
    /// </summary>
    // Who is waited for runs or will run soon, so the last two are for a machine with more threads than processors: a processor whose thread sleeps
    // takes over one that waits for another processor.
    public static void While(ref int word, int value, bool spin)
    {
        if (spin && SpinWhile(ref word, value))
        {
            return;
        }
        bool interrupted = false;
        long end = Stopwatch.GetTimestamp() + YieldTicks;
        while (Volatile.Read(ref word) == value)
        {
            if (Stopwatch.GetTimestamp() < end)
            {
                Thread.Yield();
                continue;
            }
            try
            {
                Thread.Sleep(1);
            }
            catch (ThreadInterruptedException)
            {
                // Whoever leaves early would leave the others at work on a frame of the stack that is gone.
                interrupted = true;
            }
        }
        if (interrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }

    // Tells the processor that this is a waiting loop: less power, and more for the other thread of the core.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pause()
    {
        if (X86Base.IsSupported) X86Base.Pause();
        else if (ArmBase.IsSupported) ArmBase.Yield();
        else Thread.SpinWait(1);
    }
}
