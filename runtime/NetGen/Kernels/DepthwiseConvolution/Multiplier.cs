namespace NetGen.CompilerServices;

/// <summary>Between images of C channels and images of C m channels, of which each m belong to one channel.</summary>
internal static unsafe class Multiplier
{
    /// <summary><c>y[p, c m + j] = x[p, c]</c>.</summary>
    public static void Spread(float* x, float* y, nint count, int m)
    {
        for (nint i = 0; i < count; i++)
        {
            for (int j = 0; j < m; j++) *y++ = x[i];
        }
    }

    /// <summary><c>y[p, c] = sum over j of x[p, c m + j]</c>.</summary>
    public static void Sum(float* x, float* y, nint count, int m)
    {
        for (nint i = 0; i < count; i++)
        {
            float sum = *x++;
            for (int j = 1; j < m; j++) sum += *x++;
            y[i] = sum;
        }
    }
}
