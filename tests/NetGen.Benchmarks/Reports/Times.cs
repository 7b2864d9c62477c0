namespace NetGen.Benchmarks.Reports;

/// <summary>Times for people: three digits and a unit.</summary>
internal static class Times
{
    public static string Text(double seconds)
    {
        (double value, string unit) = seconds switch
        {
            < 1e-6 => (seconds * 1e9, "ns"),
            < 1e-3 => (seconds * 1e6, "us"),
            < 1 => (seconds * 1e3, "ms"),
            _ => (seconds, "s"),
        };
        string digits = value switch
        {
            < 10 => "0.00",
            < 100 => "0.0",
            _ => "0",
        };
        return $"{value.ToString(digits)} {unit}";
    }
}
