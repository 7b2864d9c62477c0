namespace NetGen.Benchmarks.Peers;

/// <summary>What <see cref="NativePeerHost"/> asks: a loaded native library, or NetGen in another program.</summary>
internal interface INativePeer
{
    string Version { get; }

    /// <summary>The ways in which it can do the work; empty when it cannot.</summary>
    IEnumerable<string> Variants(Work work);

    /// <summary>Reserves memory for the work, and gives a loop that does it as often as it is told.</summary>
    Action<int> Prepare(Work work, string variant);

    /// <summary>What the work computes from <see cref="Images.AgreedNumbers"/>, where it does.</summary>
    float[] Numbers(Work work, string variant) => throw new PeerException($"the numbers of '{work}' are not compared");
}
