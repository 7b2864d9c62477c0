using NetGen;

if (args is [var option, ..])
{
    Console.Error.WriteLine($"unknown option '{option}'; this sample takes none");
    return 2;
}

// What the reference models of MLPerf Tiny have: parameters, and the running means and variances of batch norm.
(INetwork Network, int Published)[] models =
[
    (new ResNet8(), 78_666),
    (new DsCnn(), 24_908),
    (new MobileNetV1(), 221_794),
    (new Autoencoder(), 269_992),
];

bool allMatch = true;
foreach ((INetwork network, int published) in models)
{
    NetworkInfo info = network.Info;
    int state = info.State.Sum(tensor => tensor.Shape.Count);
    int total = info.ParameterCount + state;
    allMatch &= total == published;
    long bytes = (long)network.WorkspaceSize * sizeof(float);
    Console.Write(info.Summary());
    Console.WriteLine(FormattableString.Invariant(
        $"{info.ParameterCount:N0} parameters + {state:N0} running statistics = {total:N0}; the reference has {published:N0}"));
    Console.WriteLine(FormattableString.Invariant($"arena of one prediction: {bytes:N0} bytes"));
    Console.WriteLine(FormattableString.Invariant($"one sample on one thread: {Latency.Median(network).TotalMicroseconds:F1} us (median)"));
    Console.WriteLine();
}
if (!allMatch)
{
    Console.Error.WriteLine("a network is not the one that it should be: see the totals");
    return 1;
}
return 0;
