using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>
/// The cost model of straight-line code: what unrolling gains, and from where on it loses. One unit is one vector instruction with its load, on sixteen
/// lanes; most are multiply-adds of products.
/// </summary>
/// <remarks>
/// <para>
/// What it gains: a kernel called for one sample spends some 70 ns on checks, on choosing a loop that has few rounds, and on results that go through memory. Straight-line
/// code spends none of it: a multiply-add takes 0.25 to 0.35 ns, on 512 bits as on 256.
/// </para>
/// <para>
/// What it loses: the JIT inlines and keeps in registers up to a limited number of locals in a method; beyond it every line is three calls, and a network
/// ten times slower than with kernels. That is reached at some 450 multiply-adds with vectors of 512 bits, at 300 with 256 and at 200 with 128, where sixteen lanes are
/// four locals. Each also takes 4 to 8 us to compile. And a sample at a time reads all weights again for each sample, where a kernel reads them once for
/// a dozen: for large batches of the largest networks that are unrolled a kernel is up to twice as fast.
/// </para>
/// </remarks>
public static class UnrollCost
{
    /// <summary>The most that is unrolled unasked: good on every width.</summary>
    public const int AutoBudget = 192;

    /// <summary>The most that one method may hold: good on 256 bits and more.</summary>
    public const int MethodBudget = 256;

    /// <summary>
    /// Rows of a weight that an unrolled loop over samples keeps in registers. With 512 bits up to 24 fit beside the bias and four sums, and 16-24-24-8 trains 1.4 times as fast as
    /// with kernels; with 256 bits half of that spills, and it trains 1.6 times as slowly. With 16 rows 4-16-16-3 is 2.0 and 1.4 times as fast, and 16-24-24-8 within
    /// a tenth of the kernels on both. With 128 bits kernels are a fifth faster.
    /// </summary>
    public const int RowsInRegisters = 16;

    /// <summary>Vectors of results of an unrolled loop over samples; each takes a loop of its own.</summary>
    public const int VectorsOfLoop = 4;

    /// <summary>Vectors of results that are summed at the same time.</summary>
    public const int VectorsAtATime = 4;

    /// <summary>
    /// Sums that run side by side, of one vector or of several: an addition takes four cycles and two start in each. Eight would be a quarter faster on
    /// 512 bits with two vectors, but with 256 bits, where each takes two of sixteen registers, twice as slow.
    /// </summary>
    private const int Chains = 4;

    /// <summary>Instructions of a series: exp, tanh, erf.</summary>
    private const int Series = 16;

    /// <summary>Vectors of sixteen lanes that hold one sample's value.</summary>
    public static int Vectors(Shape shape) => (int)((shape.Count + 15) / 16);

    /// <summary>Multiply-adds of a product for one sample; 0 for other ops.</summary>
    public static int MultiplyAdds(Node node) => (int)System.Math.Min(Products(node), int.MaxValue);

    /// <summary>Vector instructions of a node for one sample.</summary>
    public static long Of(Node node)
    {
        long vectors = Vectors(node.Shape);
        return node.Op switch
        {
            MatMul product => Products(node) + (product.Activation is { } activation ? vectors * Of(activation) : 0),
            Activate activate => vectors * Of(activate.Activation),
            _ => vectors,
        };
    }

    /// <summary>In how many chains the products of each of so many vectors are summed.</summary>
    public static int ChainsFor(int vectors) => System.Math.Max(1, Chains / vectors);

    private static long Products(Node node) => node.Op is MatMul ? node.Operands[0].Shape.Count * Vectors(node.Shape) : 0;

    private static int Of(Activation activation) => activation.Function.IsSeries ? Series : 1;
}
