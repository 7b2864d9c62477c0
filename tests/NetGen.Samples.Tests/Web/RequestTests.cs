using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace NetGen.Samples.Tests.Web;

/// <summary>What one request gets.</summary>
public sealed class RequestTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string Blank = string.Join(',', Enumerable.Repeat("0", 63));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_gets_its_digit_and_probabilities()
    {
        (float[] pixels, int digit) = Digits.All[0];
        using HttpResponseMessage response = await Post(Digits.Body(pixels));
        float[] expected = new float[DigitNet.OutputSize];
        server.Network.Predict(pixels, expected);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(digit, answer.GetProperty("digit").GetInt32());
        Assert.Equal(expected, answer.GetProperty("probabilities").EnumerateArray().Select(value => value.GetSingle()));
    }

    /// <summary>Bodies that are no image, and a part of what is said of them.</summary>
    public static TheoryData<string, string> Mistakes => new()
    {
        { "", "reading stopped at" },
        { "{\"pixels\": [1, 2", "reading stopped at" },
        { "not JSON", "line 1, byte 2" },
        { "{\"pixels\": \"many\"}", "$.pixels" },
        { $"{{\"pixels\": [{Blank}, NaN]}}", "reading stopped at" },
        { $"{{\"pixels\": [{Blank}, \"NaN\"]}}", "got NaN at place 63" },
        { $"{{\"pixels\": [{Blank}, null]}}", "$.pixels[63]" },
        { $"{{\"pixels\": [{Blank}, 1e39]}}", "at place 63" },
        { $"{{\"pixels\": [{Blank}, -1]}}", "got -1 at place 63" },
        { $"{{\"pixels\": [{Blank}, 17]}}", "from 0 (paper) to 16 (ink), got 17 at place 63" },
        { $"{{\"pixels\": [{Blank}]}}", "Expected 64 pixels (8x8, row by row), got 63" },
        { "{\"pixels\": []}", "got 0" },
        { "{\"pixels\": null}", "an array 'pixels', got none" },
        { "{\"image\": []}", "an array 'pixels', got none" },
        { "null", "an array 'pixels', got none" },
        { "[]", "reading stopped at" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task What_is_no_image_gets_status_400_and_a_reason(string body, string reason)
    {
        using HttpResponseMessage response = await Post(Encoding.UTF8.GetBytes(body));

        await AssertProblem(response, reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ten_megabytes_get_status_400_and_a_reason(bool isLengthKnown)
    {
        byte[] body = new byte[10 * 1024 * 1024];
        body.AsSpan().Fill((byte)' ');
        using HttpRequestMessage request = new(HttpMethod.Post, "/digits") { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = !isLengthKnown;
        using HttpResponseMessage response = await server.Client.SendAsync(request, Token);

        await AssertProblem(response, "Expected a body of at most 16384 bytes");
    }

    [Fact]
    public async Task The_health_check_answers()
    {
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health", Token));
    }

    [Fact]
    public async Task The_document_describes_the_endpoint()
    {
        JsonElement document = await server.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Token);
        JsonElement post = document.GetProperty("paths").GetProperty("/digits").GetProperty("post");
        JsonElement schemas = document.GetProperty("components").GetProperty("schemas");

        Assert.Equal("ClassifyDigit", post.GetProperty("operationId").GetString());
        JsonElement body = post.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        Assert.Equal("#/components/schemas/DigitImage", body.GetProperty("schema").GetProperty("$ref").GetString());
        Assert.Equal(["200", "400"], post.GetProperty("responses").EnumerateObject().Select(response => response.Name));
        Assert.Equal(["digit", "probabilities"], schemas.GetProperty("DigitClass").GetProperty("properties").EnumerateObject().Select(property => property.Name));
        Assert.Equal("array", schemas.GetProperty("DigitImage").GetProperty("properties").GetProperty("pixels").GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_unknown_address_gets_a_problem_document()
    {
        using HttpResponseMessage response = await server.Client.GetAsync("/letters", Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private async Task<HttpResponseMessage> Post(byte[] body)
    {
        using ByteArrayContent content = new(body);
        return await server.Client.PostAsync("/digits", content, Token);
    }

    private static async Task AssertProblem(HttpResponseMessage response, string reason)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
