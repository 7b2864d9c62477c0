namespace NetGen.CompilerServices;

/// <summary>How many floats a sample has before and after pooling.</summary>
/// <param name="Input">Floats of an image.</param>
/// <param name="Output">Floats of its result.</param>
/// <param name="Channels">Floats of a pixel.</param>
internal readonly record struct PoolingSize(nint Input, nint Output, int Channels)
{
    public PoolingSize(SlidingWindow window, int channels) : this((nint)window.InputPixels * channels, (nint)window.OutputPixels * channels, channels)
    {
    }
}
