// What the examples of docs/language.md presuppose. Block2 is the network of the section before.
public class StepByStepSection
{
    protected static readonly Block2.BookNet net = new(seed: 1);
    protected static readonly float[] sample = new float[1], output = new float[96];
}
