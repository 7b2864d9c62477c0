using NetGen.CompilerServices;

namespace NetGen.Tests.Kernels;

/// <summary>Rows turned to columns and back, every width and number of rows.</summary>
public class SixteenRowsTests
{
    [Fact]
    public unsafe void Rows_become_columns_and_columns_rows()
    {
        for (int width = 1; width <= SixteenRows.MaxWidth; width++)
        {
            for (int count = 1; count <= 16; count++)
            {
                GuardedFloats rows = GuardedFloats.Random(count * width, seed: width), columns = new(SixteenRows.Size), back = new(count * width);
                fixed (float* from = rows.Span, turned = columns.Span, to = back.Span)
                {
                    SixteenRows.Load(from, turned, count, width);
                    SixteenRows.Store(turned, to, count, width);
                }
                columns.AssertGuards();
                back.AssertGuards();
                for (int j = 0; j < width; j++)
                {
                    for (int r = 0; r < 16; r++) Assert.Equal(r < count ? rows[r * width + j] : 0, columns[16 * j + r]);
                }
                Assert.Equal(rows.Span, back.Span);
            }
        }
    }
}
