using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// A function of up to three numbers that is made of others, written over lanes: an expression as a type, such as <c>Applied&lt;ReLU, Sum&lt;First, Second&gt;&gt;</c> for
/// <c>max(a + b, 0)</c>. The JIT makes one loop of it, as of a function written by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IChain
{
    /// <summary>The value at the operands' values; those beyond what it reads are anything.</summary>
    V Apply<V>(V a, V b, V c) where V : struct, ILanes<V>;
}
