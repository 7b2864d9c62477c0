using System.Runtime.InteropServices;

namespace NetGen.Tests.Kernels;

/// <summary>The JIT keeps the sums of hot loops in registers. What it makes of them can change with any edit and any version of .NET: spilled sums cost a factor of three.</summary>
public class DisassemblyTests
{
    private static readonly Lazy<JitListing> Widest = new(() => JitListing.Of());
    private static readonly Lazy<JitListing> Narrower = new(() => JitListing.Of(("DOTNET_EnableAVX512", "0")));

    [Theory]
    [InlineData("AVX-512", 8, 3)]
    [InlineData("AVX-512", 12, 2)]
    [InlineData("AVX-512", 14, 1)]
    [InlineData("AVX2", 6, 1)]
    public void The_inner_loop_of_a_tile_does_not_touch_the_stack(string vectors, int rows, int columns)
    {
        // An AVX2 row of 16 floats is two registers.
        int sums = rows * columns * (vectors == "AVX2" ? 2 : 1);
        AssertStaysInRegisters(vectors, "CompilerServices.Tile`4[", $"Row{columns}`2[", $"Rows{rows},", sums);
    }

    [Theory]
    [InlineData("AVX-512", "RunTile", 8, 3, 24)]
    [InlineData("AVX-512", "RunTile", 12, 2, 24)]
    [InlineData("AVX-512", "RunTile", 14, 1, 14)]
    [InlineData("AVX-512", "ThreeTapTile", 14, 1, 42)]
    [InlineData("AVX2", "RunTile", 6, 1, 12)]
    public void The_inner_loop_of_a_convolution_does_not_touch_the_stack(string vectors, string tile, int rows, int columns, int multiplyAdds)
    {
        AssertStaysInRegisters(vectors, $"CompilerServices.{tile}`4[", $"Row{columns}`2[", $"Rows{rows},", multiplyAdds);
    }

    [Theory]
    [InlineData("AVX-512", "Panel", 1, 4)]
    [InlineData("AVX-512", "Panel", 4, 16)]
    [InlineData("AVX-512", "Blocks", 2, 32)]
    [InlineData("AVX-512", "Blocks", 4, 64)]
    [InlineData("AVX2", "Panel", 1, 8)]
    public void The_inner_loop_of_one_row_does_not_touch_the_stack(string vectors, string method, int quads, int multiplyAdds)
    {
        AssertStaysInRegisters(vectors, $"MatMul:{method}[", "", $"Rows{quads},", multiplyAdds);
    }

    [Fact]
    public void An_unrolled_network_neither_calls_nor_spills()
    {
        JitListing listing = Listing("AVX-512");
        JitMethod[] unrolled = [.. listing.Methods.Where(method => method.Name.Contains("Flowers", StringComparison.Ordinal) && method.Body.Count > 0)];
        JitMethod predict = Assert.Single(unrolled);
        Assert.True(predict.IsOptimized, predict.Name);
        // 4 + 16 + 16 inputs are as many products; those that begin a partial sum are plain multiplications.
        Assert.InRange(predict.Body.Count(JitMethod.IsMultiplyAdd), 18, 36);
        Assert.DoesNotContain(predict.Body, JitMethod.IsCall);
        Assert.DoesNotContain(predict.Body, predict.Spills);
    }

    private static void AssertStaysInRegisters(string vectors, string type, string row, string count, int multiplyAdds)
    {
        JitListing listing = Listing(vectors);
        JitMethod method = Assert.Single(listing.Methods, method =>
            method.Name.Contains(type, StringComparison.Ordinal) && method.Name.Contains(row, StringComparison.Ordinal) && method.Name.Contains(count, StringComparison.Ordinal));
        Assert.True(method.IsOptimized, method.Name);
        IReadOnlyList<string> loop = method.InnermostLoop;
        Assert.Equal(multiplyAdds, loop.Count(JitMethod.IsMultiplyAdd));
        Assert.DoesNotContain(loop, method.TouchesStack);
    }

    private static JitListing Listing(string vectors)
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "Reads x64 code.");
        JitListing listing = (vectors == "AVX2" ? Narrower : Widest).Value;
        Assert.SkipUnless(listing.Vectors == vectors, $"This machine, as it is set up, has no {vectors}.");
        return listing;
    }
}
