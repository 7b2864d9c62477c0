using System.Reflection;

namespace NetGen.Allocation.Tests;

/// <summary>That the networks here have all that networks can have.</summary>
public sealed class CoverageTests
{
    [Fact]
    public void The_networks_of_every_layer_have_every_kind_of_layer()
    {
        Type[] blocks =
        [
            typeof(EveryLayer), typeof(TwoInputs), typeof(EveryImageLayer), typeof(EverySequenceLayer), typeof(Reader),
            typeof(Activations), typeof(Narrow), typeof(Projection), typeof(Gate),
        ];
        HashSet<string> used = [.. blocks.SelectMany(block => block.GetCustomAttributes<LayerAttribute>()).Select(layer => KindOf(layer.GetType()))];
        IEnumerable<string> all = typeof(LayerAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)
            .Select(KindOf).Distinct();

        Assert.Equal(all.Order(), used.Order());

        // However many blocks it takes.
        static string KindOf(Type type) => type.Name.Split('`')[0];
    }

    [Fact]
    public void The_networks_have_every_loss()
    {
        NetworkInfo[] networks =
        [
            EveryLayer.Info, SigmoidNet.Info, SquaredNet.Info, AbsoluteNet.Info, HuberNet.Info, FocalNet.Info, SigmoidFocalNet.Info, DivergenceNet.Info, HingeNet.Info, QuantileNet.Info,
            CosineNet.Info, PairNet.Info, TripletNet.Info, CustomNet.Info, TwoOutputs.Info,
        ];

        Assert.Equal(Enum.GetValues<LossKind>().Where(loss => loss != LossKind.None).Order(), networks.Select(info => info.Loss).Order());
    }
}
