using System.Numerics;

namespace NetGen.Tests.Optimizers;

public sealed class LanesTests
{
    [Fact]
    public void A_span_of_any_length_is_read_and_written_to_its_end_and_no_further()
    {
        for (int length = 0; length <= 3 * Vector<float>.Count; length++)
        {
            float[] memory = [.. Enumerable.Range(0, length + 1).Select(i => (float)i)];
            Span<float> values = memory.AsSpan(0, length);
            for (int i = 0; i < values.Length; i += Vector<float>.Count)
            {
                Lanes.Store(2 * Lanes.Load(values, i), values, i);
            }
            Assert.Equal([.. Enumerable.Range(0, length).Select(i => 2f * i), length], memory);
        }
    }
}
