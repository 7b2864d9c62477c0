using NetGen.Compiler.Ir;
using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>The gradient graph against central differences, both in double precision: the chain rule itself.</summary>
public sealed class GradientTests(FixtureTests.Compiled compiled) : IClassFixture<FixtureTests.Compiled>
{
    private const double Step = 1e-5;

    public static TheoryData<string> Names => FixtureTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_equal_central_differences(string name)
    {
        (Fixture fixture, NetworkUnderTest network) = compiled.Networks[name];
        fixture.LoadTensors(network.Emitted);
        Bindings bindings = network.Bind(fixture.Batch);
        Graph graph = network.TrainingGraph!;
        IReadOnlyDictionary<string, double[]> gradients = Interpreter.Gradients(graph, bindings);

        foreach ((string parameter, double[] gradient) in gradients)
        {
            // A few elements of each parameter: first, last and some between.
            int[] elements = [.. Enumerable.Range(0, 5).Select(index => index * (gradient.Length - 1) / 4).Distinct()];
            double[] differences = [.. elements.Select(element => (LossAt(parameter, element, Step) - LossAt(parameter, element, -Step)) / (2 * Step))];
            Closeness.AssertClose(differences, elements.Select(element => gradient[element]).ToArray(), $"gradient of {parameter}", tolerance: 1e-6);
        }

        double LossAt(string parameter, int element, double step)
        {
            double[] moved = [.. bindings.Tensors[parameter]];
            moved[element] += step;
            var tensors = bindings.Tensors.ToDictionary(pair => pair.Key, pair => pair.Key == parameter ? moved : pair.Value);
            return Interpreter.Loss(network.ForwardGraph, bindings with { Tensors = tensors });
        }
    }
}
