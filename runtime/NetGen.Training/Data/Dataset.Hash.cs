using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace NetGen.Training;

public sealed partial class Dataset
{
    private const int Piece = 1 << 24;   // floats

    /// <summary>
    /// 16 hexadecimal digits of the SHA-256 of all samples, with the names of features, classes and targets: other samples, or the same in another
    /// order, have another. Computed when first asked for.
    /// </summary>
    public string Hash => field ??= ComputeHash();

    private string ComputeHash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (IReadOnlyList<string> names in new[] { FeatureNames, ClassNames, TargetNames })
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\0', names) + '\n'));
        }
        // What has no samples of its kind is told apart by the lengths.
        hash.AppendData(MemoryMarshal.AsBytes<int>([_features.Length, _classes.Length, _targets.Length, _weights.Length, _lengths.Length]));
        // In pieces, because a span has at most 2 GB.
        for (int start = 0; start < Features.Length; start += Piece)
        {
            hash.AppendData(MemoryMarshal.AsBytes(Features.Slice(start, Math.Min(Piece, Features.Length - start))));
        }
        hash.AppendData(MemoryMarshal.AsBytes<int>(_classes));
        hash.AppendData(MemoryMarshal.AsBytes<float>(_targets));
        hash.AppendData(MemoryMarshal.AsBytes<float>(_weights));
        hash.AppendData(MemoryMarshal.AsBytes<int>(_lengths));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
