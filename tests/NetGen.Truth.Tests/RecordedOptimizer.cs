using System.Reflection;
using System.Text.Json;

namespace NetGen.Truth;

/// <summary>The optimizer that a fixture's JSON describes.</summary>
internal static class RecordedOptimizer
{
    /// <summary>Makes the optimizer. What the fixture leaves out keeps NetGen's default, which has to be PyTorch's.</summary>
    /// <exception cref="InvalidOperationException">The JSON names an optimizer or a setting that NetGen does not have.</exception>
    public static Optimizer Of(Fixture fixture)
    {
        using var json = JsonDocument.Parse(fixture.Metadata["optimizer"]);
        string name = json.RootElement.GetProperty("name").GetString()!;
        Optimizer optimizer = name switch
        {
            "SGD" => new SGD(),
            "Adam" => new Adam(),
            "AdamW" => new AdamW(),
            "NAdam" => new NAdam(),
            "RAdam" => new RAdam(),
            "RMSProp" => new RMSProp(),
            "Adagrad" => new Adagrad(),
            "Lion" => new Lion(),
            _ => throw new InvalidOperationException($"fixture {fixture.Name} wants the optimizer '{name}', which this test does not know"),
        };
        foreach (JsonProperty setting in json.RootElement.EnumerateObject().Where(setting => setting.Name != "name"))
        {
            PropertyInfo property = optimizer.GetType().GetProperty($"{char.ToUpperInvariant(setting.Name[0])}{setting.Name[1..]}")
                ?? throw new InvalidOperationException($"fixture {fixture.Name} sets '{setting.Name}', which {name} does not have");
            property.SetValue(optimizer, setting.Value.Deserialize(property.PropertyType));
        }
        return optimizer;
    }
}
