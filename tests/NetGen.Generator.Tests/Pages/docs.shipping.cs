// What the examples of docs/shipping.md presuppose. Block0 is the block itself.
public class Page
{
    protected static readonly Block0.Filter net = new();
    protected static readonly float[] input = new float[256], output = new float[256];
    protected static readonly Audio audio = new();

    protected sealed class Audio
    {
        public void Start(Action callback) => callback();
    }
}
