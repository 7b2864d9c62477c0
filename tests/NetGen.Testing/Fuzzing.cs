using System.Diagnostics;
using System.Globalization;

namespace NetGen.Testing;

/// <summary>
/// Gives damaged variants of valid files to a reader, and watches it: each is read or refused, in time, and within memory that the size of the file explains.
/// A fixed number of variants, or with <c>NETGEN_FUZZ=seconds</c> as many as that time allows; <c>NETGEN_SEED</c> draws others.
/// </summary>
public static class Fuzzing
{
    // A case takes a millisecond or so; what takes longer than this does not end.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Runs a reader on damaged files.</summary>
    /// <param name="draw">A file, such as <see cref="Damage.Of"/> makes.</param>
    /// <param name="reads">Reads a file: true where it is taken, false where it is refused as the documentation says. What it throws fails the test.</param>
    /// <param name="cases">How many variants without <c>NETGEN_FUZZ</c>.</param>
    /// <param name="allocated">Bytes that reading may allocate on its thread, of a file's length; null for any number.</param>
    /// <returns>How many variants were taken, and how many refused.</returns>
    /// <exception cref="FuzzingException">A variant did what it should not; the message has the variant.</exception>
    public static (int Taken, int Refused) Run(Func<Random, byte[]> draw, Func<byte[], bool> reads, int cases, Func<long, long>? allocated = null)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("NETGEN_SEED"), CultureInfo.InvariantCulture, out int given) ? given : 1;
        TimeSpan? time = double.TryParse(Environment.GetEnvironmentVariable("NETGEN_FUZZ"), CultureInfo.InvariantCulture, out double seconds) ? TimeSpan.FromSeconds(seconds) : null;
        (int taken, int refused) = (0, 0);
        byte[] current = [];
        long begun = Stopwatch.GetTimestamp();
        Exception? failure = null;

        // A thread of its own can be left behind when it hangs, and a count of its allocations is of nothing else.
        Thread thread = new(() =>
        {
            Random random = new(seed);
            long start = Stopwatch.GetTimestamp();
            for (int number = 0; failure is null && (time is null ? number < cases : Stopwatch.GetElapsedTime(start) < time); number++)
            {
                current = draw(random);
                Volatile.Write(ref begun, Stopwatch.GetTimestamp());
                try
                {
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    bool read = reads(current);
                    long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                    (taken, refused) = read ? (taken + 1, refused) : (taken, refused + 1);
                    if (bytes > allocated?.Invoke(current.Length))
                    {
                        failure = new FuzzingException(
                            $"{bytes} bytes allocated for a file of {current.Length}, at most {allocated(current.Length)} are allowed{Describe(current, seed, number)}");
                    }
                }
                catch (Exception exception)
                {
                    failure = new FuzzingException($"{exception.GetType().Name}: {exception.Message}{Describe(current, seed, number)}", exception);
                }
            }
        })
        { IsBackground = true };
        thread.Start();
        while (!thread.Join(TimeSpan.FromMilliseconds(100)))
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref begun)) > Longest)
            {
                byte[] file = current;
                failure = new FuzzingException($"a file took longer than {Longest.TotalSeconds} s{Describe(file, seed, taken + refused)}");
                break;
            }
        }
        return failure is null ? (taken, refused) : throw failure;
    }

    private static string Describe(byte[] file, int seed, int number) =>
        $"\ncase {number} of NETGEN_SEED={seed}, {file.Length} bytes in base 64:\n{Convert.ToBase64String(file.AsSpan(0, Math.Min(file.Length, 16_384)))}";
}

/// <summary>A damaged file that a reader neither took nor refused as it should.</summary>
public sealed class FuzzingException(string message, Exception? inner = null) : Exception(message, inner);
