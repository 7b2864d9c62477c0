// What the examples of README.md presuppose. Block0 is its first block.
using Block0;

public class Page
{
    protected static readonly DigitNet net = new(seed: 1);
    protected static readonly Adam optimizer = new(1e-3f);
    protected static readonly float[] inputs = new float[64], pixels = new float[64], samples = new float[64];
    protected static readonly int[] classes = new int[1];
    protected static readonly float[] probabilities = new float[96];
    protected const int character = 1;
}
