using System.Globalization;

namespace NetGen;

/// <summary>What an optimizer carries from step to step, as tensors and metadata of a file: a number for each parameter lies under the parameter's name, in its shape.</summary>
internal static class OptimizerFile
{
    private const string Prefix = GoldenSamples.Reserved + "optimizer.";

    /// <summary>Adds the state of an optimizer to a file that is made.</summary>
    public static void Save(Optimizer optimizer, ITrainable network, List<SafetensorsTensor> tensors, Dictionary<string, string> metadata) =>
        optimizer.Transfer(new Saving(network.Info, tensors, metadata) { ParameterFloats = network.Parameters.Length }, network);

    /// <summary>Checks that a file has all that <see cref="Load"/> asks for; nothing is changed, and nothing made on the file's word.</summary>
    /// <exception cref="NetworkFormatException">Something is missing, or of another type or shape, or the optimizer had other settings.</exception>
    /// <exception cref="InvalidOperationException">The optimizer is of another network, does not fit this one, or has swapped its average.</exception>
    public static void Check(Optimizer optimizer, ITrainable network, SafetensorsFile file, string? fileName) =>
        optimizer.Transfer(new Loading(network.Info, file, fileName, write: false) { ParameterFloats = network.Parameters.Length }, network);

    /// <summary>Overwrites the state of an optimizer with what <see cref="Save"/> put into a file that <see cref="Check"/> has checked.</summary>
    public static void Load(Optimizer optimizer, ITrainable network, SafetensorsFile file, string? fileName) =>
        optimizer.Transfer(new Loading(network.Info, file, fileName, write: true) { ParameterFloats = network.Parameters.Length }, network);

    /// <summary>
    /// The class, the learning rate and the settings, as <see cref="Save"/> writes them, but for those that are off:
    /// <c>SGD(LearningRate 0.1, Momentum 0.9)</c>.
    /// </summary>
    public static string Describe(Optimizer optimizer, ITrainable network)
    {
        Describing settings = new() { ParameterFloats = network.Parameters.Length };
        settings.Setting(nameof(Optimizer.LearningRate), optimizer.LearningRate);
        optimizer.Describe(settings);
        return $"{optimizer.GetType().Name}({settings})";
    }

    private sealed class Describing : OptimizerTransfer
    {
        private readonly List<string> _settings = [];

        public override string ToString() => string.Join(", ", _settings);

        public override void Number(string name, ref long value)
        {
        }

        public override void Number(string name, ref double value)
        {
        }

        public override void Memory(string name, Span<float> values)
        {
        }

        internal override void Count(string name, ref long value, long most)
        {
        }

        internal override bool Flag(string name, bool value) => value;

        private protected override void Setting(string name, string value)
        {
            bool isOff = value is "" or "0" or "False" || (name == nameof(Optimizer.AccumulationSteps) && value == "1");
            if (!isOff || name == nameof(Optimizer.LearningRate)) _settings.Add($"{name} {value}");
        }
    }

    private sealed class Saving(NetworkInfo info, List<SafetensorsTensor> tensors, Dictionary<string, string> metadata) : OptimizerTransfer
    {
        public override void Number(string name, ref long value) => metadata.Add(Prefix + name, value.ToString(CultureInfo.InvariantCulture));

        public override void Number(string name, ref double value) => metadata.Add(Prefix + name, value.ToString("R", CultureInfo.InvariantCulture));

        public override void Memory(string name, Span<float> values) => tensors.AddRange(FlatTensors.Of(values, info.Parameters, $"{Prefix}{name}."));

        internal override void Count(string name, ref long value, long most) => Number(name, ref value);

        internal override bool Flag(string name, bool value)
        {
            metadata.Add(Prefix + name, value ? "1" : "0");
            return value;
        }

        private protected override void Setting(string name, string value) => metadata.Add(SettingKey(name), value);
    }

    private sealed class Loading(NetworkInfo info, SafetensorsFile file, string? fileName, bool write) : OptimizerTransfer
    {
        internal override bool Overwrites => write;

        internal override bool OnlyChecks => !write;

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
            if (write) FlatTensors.Load(file, values, info.Parameters, $"{Prefix}{name}.");
            else FlatTensors.Check(file, fileName, info.Parameters, $"{Prefix}{name}.");
        }

        internal override void Count(string name, ref long value, long most)
        {
            long read = Read(name, most);
            if (write) value = read;
        }

        internal override bool Flag(string name, bool value) => Read(name, most: 1) == 1;

        private protected override void Setting(string name, string value)
        {
            string? found = file.Metadata.GetValueOrDefault(SettingKey(name));
            if (found != value)
            {
                throw NetworkFormatException.Create(
                    fileName, null, $"an optimizer with {name} {Print(value)}", $"one with {(found is null ? "no such setting" : Print(found))}",
                    "Give it the settings that it was saved with; delete the file to start anew.");
            }

            static string Print(string text) => text.Length == 0 ? "none" : text;
        }

        private long Read(string name, long most)
        {
            long read = Parse<long>(name, NumberStyles.None);
            return read <= most ? read : throw Bad(name, $"a number of at most {most}", $"{read}");
        }

        private T Parse<T>(string name, NumberStyles styles) where T : System.Numerics.INumber<T>
        {
            string text = file.Metadata.GetValueOrDefault(Prefix + name, "");
            return T.TryParse(text, styles, CultureInfo.InvariantCulture, out T? value) ? value : throw Bad(name, $"a number as {Prefix}{name}", $"'{text}'");
        }

        private NetworkFormatException Bad(string name, string expected, string found) =>
            NetworkFormatException.Create(fileName, Prefix + name, expected, found, SafetensorsHeader.Damaged);
    }

    private static string SettingKey(string name) => $"{Prefix}setting.{name}";
}
