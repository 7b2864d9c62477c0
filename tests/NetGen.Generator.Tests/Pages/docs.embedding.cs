// What the examples of docs/embedding.md presuppose. Block0 is its first block.
public class Page
{
    protected static readonly Block0.DigitNet net = new(seed: 1);
    protected static readonly float[] samples = new float[640];
}
