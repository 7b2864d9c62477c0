using System.Globalization;

namespace NetGen;

/// <summary>What an optimizer carries from step to step, as tensors and metadata of a file: a number for each parameter lies under the parameter's name, in its shape.</summary>
internal static class OptimizerFile
{
    private const string Prefix = GoldenSamples.Reserved + "optimizer.";

    /// <summary>Adds the state of an optimizer to a file that is made.</summary>
    public static void Save(Optimizer optimizer, ITrainable network, List<SafetensorsTensor> tensors, Dictionary<string, string> metadata) =>
        optimizer.Transfer(new Saving(network.Info, tensors, metadata), network.Parameters.Length);

    /// <summary>Checks that a file has all that <see cref="Load"/> asks for; the optimizer takes its next step as before.</summary>
    /// <exception cref="NetworkFormatException">Something is missing, or of another type or shape.</exception>
    public static void Check(Optimizer optimizer, ITrainable network, SafetensorsFile file, string? fileName) =>
        optimizer.Transfer(new Loading(network.Info, file, fileName, write: false), network.Parameters.Length);

    /// <summary>Overwrites the state of an optimizer with what <see cref="Save"/> put into a file.</summary>
    /// <exception cref="NetworkFormatException">Something is missing, or of another type or shape.</exception>
    public static void Load(Optimizer optimizer, ITrainable network, SafetensorsFile file, string? fileName) =>
        optimizer.Transfer(new Loading(network.Info, file, fileName, write: true), network.Parameters.Length);

    private sealed class Saving(NetworkInfo info, List<SafetensorsTensor> tensors, Dictionary<string, string> metadata) : OptimizerTransfer
    {
        public override void Number(string name, ref long value) => metadata.Add(Prefix + name, value.ToString(CultureInfo.InvariantCulture));

        public override void Number(string name, ref double value) => metadata.Add(Prefix + name, value.ToString("R", CultureInfo.InvariantCulture));

        public override void Memory(string name, Span<float> values) => tensors.AddRange(FlatTensors.Of(values, info.Parameters, $"{Prefix}{name}."));
    }

    private sealed class Loading(NetworkInfo info, SafetensorsFile file, string? fileName, bool write) : OptimizerTransfer
    {
        public override void Number(string name, ref long value)
        {
            long read = Parse<long>(name, NumberStyles.AllowLeadingSign);
            if (write) value = read;
        }

        public override void Number(string name, ref double value)
        {
            double read = Parse<double>(name, NumberStyles.Float);
            if (write) value = read;
        }

        public override void Memory(string name, Span<float> values)
        {
            FlatTensors.Check(file, fileName, info.Parameters, $"{Prefix}{name}.");
            if (write) FlatTensors.Load(file, values, info.Parameters, $"{Prefix}{name}.");
        }

        internal override void Size(string name, ref long value)
        {
            value = Parse<long>(name, NumberStyles.None);
            if (value > 8) throw Bad(name, "at most 8 numbers for each parameter", value.ToString(CultureInfo.InvariantCulture));
        }

        private T Parse<T>(string name, NumberStyles styles) where T : System.Numerics.INumber<T>
        {
            string text = file.Metadata.GetValueOrDefault(Prefix + name, "");
            return T.TryParse(text, styles, CultureInfo.InvariantCulture, out T? value) ? value : throw Bad(name, $"a number as {Prefix}{name}", $"'{text}'");
        }

        private NetworkFormatException Bad(string name, string expected, string found) =>
            NetworkFormatException.Create(fileName, Prefix + name, expected, found, SafetensorsHeader.Damaged);
    }
}
