using System.Xml.Linq;

namespace NetGen.Training.Tests;

public sealed class PlotTests
{
    [Theory]
    [InlineData(0, 1, new double[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(-0.03, 10.3, new double[] { 0, 2, 4, 6, 8, 10 })]
    [InlineData(-1e-3, 1e-3, new double[] { -1e-3, -5e-4, 0, 5e-4, 1e-3 })]
    public void Ticks_are_round_numbers(double least, double most, double[] expected) => Assert.Equal(expected, Ticks.Of(least, most, 5), (a, b) => Math.Abs(a - b) < 1e-12);

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e300)]
    [InlineData(-123456.789)]
    [InlineData(0.0)]
    [InlineData(double.Epsilon)]
    public void Ticks_of_a_range_between_two_neighbours_end_and_lie_in_it(double least)
    {
        double most = Math.BitIncrement(least);
        double[] ticks = [.. Ticks.Of(least, most, 5).Take(100)];

        Assert.InRange(ticks.Length, 0, 2);
        Assert.All(ticks, tick => Assert.InRange(tick, least, most));
        Assert.Equal(ticks.Distinct(), ticks);
    }

    [Fact]
    public void A_logarithmic_axis_has_equal_steps_for_equal_factors_and_leaves_out_what_is_not_above_0()
    {
        XNamespace names = "http://www.w3.org/2000/svg";
        XElement svg = XElement.Parse(new Plot("t", "x", "y") { LogarithmicX = true }.Line("line", [(0, 9), (1e-4, 1), (1e-2, 2), (1, 3)]).ToString());

        Assert.Equal("M-4 -1L-2 -2L0 -3", svg.Element(names + "svg")!.Element(names + "path")!.Attribute("d")!.Value);
        Assert.Equal(["1e-4", "1e-3", "1e-2", "1e-1", "1e0"], svg.Descendants(names + "text").Select(text => text.Value).Where(text => text.StartsWith("1e", StringComparison.Ordinal)));
    }
}
