using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace NetGen.Compiler.Lowering;

/// <summary>A network's identity.</summary>
internal static class Architecture
{
    /// <summary>
    /// A hash of what gives the parameters their meaning: inputs, layers with their shapes and constants, names and
    /// shapes of tensors, outputs with their losses. How they start does not count.
    /// </summary>
    public static string Hash(LoweredNetwork network)
    {
        var text = new StringBuilder();
        foreach (InputSpec input in network.Inputs)
        {
            text.Append($"input {input.Name} {input.Shape}\n");
        }
        foreach (LayerRow row in network.Layers)
        {
            text.Append($"layer {row.Layer.Path} {row.Identity} {row.Input} {row.Output}\n");
        }
        foreach (TensorSpec tensor in network.Parameters.Concat(network.State))
        {
            text.Append($"tensor {tensor.Name} {tensor.LogicalShape}\n");
        }
        foreach (OutputSpec output in network.Outputs)
        {
            text.Append(output.Name is null ? $"loss {output.LossKind}\n" : $"output {output.Name} {output.Shape} {output.LossKind}\n");
        }
        return HashOf(text.ToString());
    }

    /// <summary>The first 64 bits of a text's SHA-256, as hexadecimal digits.</summary>
    public static string HashOf(string text)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(text)).Take(8).Select(part => part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
