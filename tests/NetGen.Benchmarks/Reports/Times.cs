namespace NetGen.Benchmarks.Reports;

/// <summary>Times for people: three digits and a unit.</summary>
internal static class Times
{
    public static string Text(double seconds)
    {
        // The limits are those at which three digits round up to four.
        (double value, string unit) = seconds switch
        {
            < 999.5e-9 => (seconds * 1e9, "ns"),
            < 999.5e-6 => (seconds * 1e6, "us"),
            < 999.5e-3 => (seconds * 1e3, "ms"),
            _ => (seconds, "s"),
        };
        string digits = value switch
        {
            < 9.995 => "0.00",
            < 99.95 => "0.0",
            _ => "0",
        };
        return $"{value.ToString(digits)} {unit}";
    }
}
