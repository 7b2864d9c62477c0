using System.Xml.Linq;

namespace NetGen.Training.Tests;

public sealed class LearningRateFinderTests
{
    [Fact]
    public void Rates_grow_by_one_factor_until_the_loss_explodes_and_the_network_stays_as_it_was()
    {
        LinearNetwork network = new(1, 1, LossKind.MeanSquaredError);
        network.Parameters[0] = 3;
        (float[] parameters, float[] state) = (network.Parameters.ToArray(), network.State.ToArray());
        Descent descent = new() { LearningRate = 0.25f };

        LearningRateCurve curve = LearningRateFinder.Run(network, Samples.OfLine(40), descent, least: 1e-4f, most: 100, steps: 50, batchSize: 8);

        Assert.InRange(curve.Points.Count, 20, 49);
        Assert.All(curve.Points.Zip(curve.Points.Skip(1)), pair => Assert.Equal(Math.Pow(1e6, 1 / 49.0), pair.Second.LearningRate / pair.First.LearningRate, 1e-3));
        Assert.InRange(curve.Suggested, 1e-3f, curve.Points.MinBy(point => point.SmoothedLoss).LearningRate);
        Assert.True(curve.Points[^1].SmoothedLoss <= 4 * curve.Points.Min(point => point.SmoothedLoss));
        Assert.Equal(parameters, network.Parameters.ToArray());
        Assert.Equal(state, network.State.ToArray());
        Assert.Equal((0L, 0.25f), (network.StepCount, descent.LearningRate));
    }

    [Fact]
    public void The_picture_is_well_formed_and_has_the_curve_and_the_suggestion()
    {
        LearningRateCurve curve = LearningRateFinder.Run(new LinearNetwork(1, 1, LossKind.MeanSquaredError), Samples.OfLine(20), new Descent(), steps: 12, batchSize: 5);

        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.svg");
        curve.Save(path);
        XElement svg = XElement.Load(path);
        File.Delete(path);

        XNamespace names = "http://www.w3.org/2000/svg";
        string[] lines = [.. svg.Element(names + "svg")!.Elements(names + "path").Select(line => line.Attribute("d")!.Value)];
        Assert.Equal([curve.Points.Count, curve.Points.Count, 2], lines.Select(line => line.Split('M', 'L').Length - 1));
        Assert.Contains(svg.Descendants(names + "text"), text => text.Value == "1e-3");
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_no_sense_is_refused_before_anything_is_touched()
    {
        LinearNetwork network = new(1, 1, LossKind.MeanSquaredError);
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => LearningRateFinder.Run(network, Samples.OfLine(5), new Descent(), steps: 9));
        Assert.Throws<ArgumentOutOfRangeException>("least", () => LearningRateFinder.Run(network, Samples.OfLine(5), new Descent(), least: 1, most: 0.1f));
        Assert.Throws<ArgumentException>("train", () => LearningRateFinder.Run(network, Samples.OfClasses(5, 5), new Descent()));
        Assert.Equal(0, network.TimesFitted);
    }
}
