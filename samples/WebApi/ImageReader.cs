using System.Text.Json;

namespace WebApi;

/// <summary>Reads the image that a request brings, and says what is wrong with one that is none.</summary>
internal static class ImageReader
{
    /// <summary>64 numbers of 20 characters are 1.3 kB.</summary>
    public const int MostBytes = 16 * 1024;

    private const float Ink = 16;

    /// <summary>Reads and checks an image.</summary>
    /// <exception cref="BadHttpRequestException">The body is too large, no JSON, or not 64 numbers from 0 to 16; the message says which.</exception>
    public static async Task<DigitImage> ReadAsync(HttpRequest request)
    {
        byte[] body = new byte[MostBytes + 1];
        int length = await ReadBodyAsync(request, body);
        if (length > MostBytes) throw new BadHttpRequestException($"Expected a body of at most {MostBytes} bytes, got more.");
        DigitImage? image;
        try
        {
            image = JsonSerializer.Deserialize(body.AsSpan(0, length), ApiJson.Default.DigitImage);
        }
        catch (JsonException e)
        {
            string place = $"{e.Path}, line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
            throw new BadHttpRequestException($"Expected JSON such as {{\"pixels\": [0, 16, ...]}}; reading stopped at {place}.", e);
        }
        if (image?.Pixels is not { } pixels) throw new BadHttpRequestException("Expected an object with an array 'pixels', got none.");
        if (pixels.Length != DigitNet.InputSize) throw new BadHttpRequestException($"Expected {DigitNet.InputSize} pixels (8x8, row by row), got {pixels.Length}.");
        int wrong = Array.FindIndex(pixels, pixel => !(pixel is >= 0 and <= Ink));
        if (wrong >= 0) throw new BadHttpRequestException($"Expected pixels from 0 (paper) to {Ink} (ink), got {pixels[wrong]} at place {wrong}.");
        return image;
    }

    /// <summary>As much of the body as the buffer holds. The server reads what is left past the answer, so that the client gets it.</summary>
    private static async Task<int> ReadBodyAsync(HttpRequest request, byte[] buffer)
    {
        if (request.ContentLength > MostBytes) return buffer.Length;
        return await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
    }
}
