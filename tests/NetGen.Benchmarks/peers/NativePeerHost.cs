using System.Globalization;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Peers;

/// <summary>The other end of <see cref="PeerProcess"/>: answers questions from standard input until it ends.</summary>
internal static class NativePeerHost
{
    /// <summary>The name of a variant without alternatives.</summary>
    public const string OnlyVariant = "default";

    public static int Run(Func<INativePeer> load)
    {
        INativePeer peer;
        try
        {
            peer = load();
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or PeerException)
        {
            Answer($"error {e.Message}");
            return 1;
        }
        Answer(peer.Version);

        Dictionary<string, Action<int>> prepared = [];
        while (Console.ReadLine() is { } line)
        {
            try
            {
                string[] words = line.Split(' ', 2);
                Answer(words[0] switch
                {
                    "variants" => string.Join(' ', peer.Variants(Work.Parse(words[1]))),
                    "numbers" => Numbers(peer, words[1]),
                    _ => Time(peer, prepared, words[1]),
                });
            }
            catch (Exception e)
            {
                Answer($"error {e.Message}");
            }
        }
        return 0;
    }

    private static string Numbers(INativePeer peer, string request)
    {
        string[] words = request.Split(' ', 2);
        return string.Join(' ', peer.Numbers(Work.Parse(words[1]), words[0]).Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
    }

    private static string Time(INativePeer peer, Dictionary<string, Action<int>> prepared, string request)
    {
        string[] words = request.Split(' ', 3);
        string key = $"{words[1]} {words[2]}";
        if (!prepared.TryGetValue(key, out Action<int>? run)) prepared[key] = run = peer.Prepare(Work.Parse(words[2]), words[1]);
        return Turn.Time(run, int.Parse(words[0], CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture);
    }

    private static void Answer(string text)
    {
        Console.Out.WriteLine(text.ReplaceLineEndings(" "));
        Console.Out.Flush();
    }
}
