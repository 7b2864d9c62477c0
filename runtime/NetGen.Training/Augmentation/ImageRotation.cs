using System.Buffers;

namespace NetGen.Training;

/// <summary>Turns a channel of an image about its centre.</summary>
internal static class ImageRotation
{
    /// <summary>Turns in place, clockwise as images are shown, each pixel being interpolated between the four that it comes from.</summary>
    /// <param name="image"><c>[height, width]</c>.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="angle">In radians.</param>
    /// <param name="fill">What lies around the image.</param>
    public static void Turn(Span<float> image, int height, int width, float angle, float fill)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(image.Length);
        Span<float> before = rented.AsSpan(0, image.Length);
        image.CopyTo(before);
        (float sin, float cos) = MathF.SinCos(angle);
        (float centreY, float centreX) = ((height - 1) / 2f, (width - 1) / 2f);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float fromX = cos * (x - centreX) + sin * (y - centreY) + centreX;
                float fromY = cos * (y - centreY) - sin * (x - centreX) + centreY;
                image[y * width + x] = At(before, height, width, fromY, fromX, fill);
            }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    private static float At(ReadOnlySpan<float> image, int height, int width, float y, float x, float fill)
    {
        (int top, int left) = ((int)MathF.Floor(y), (int)MathF.Floor(x));
        (float down, float right) = (y - top, x - left);
        float above = (1 - right) * Pixel(image, height, width, top, left, fill) + right * Pixel(image, height, width, top, left + 1, fill);
        float below = (1 - right) * Pixel(image, height, width, top + 1, left, fill) + right * Pixel(image, height, width, top + 1, left + 1, fill);
        return (1 - down) * above + down * below;
    }

    private static float Pixel(ReadOnlySpan<float> image, int height, int width, int y, int x, float fill) =>
        (uint)y < (uint)height && (uint)x < (uint)width ? image[y * width + x] : fill;
}
