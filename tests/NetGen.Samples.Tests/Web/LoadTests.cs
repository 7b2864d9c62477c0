using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace NetGen.Samples.Tests.Web;

/// <summary>Many clients at once: five seconds, or thirty with NETGEN_FULL=1.</summary>
public sealed class LoadTests(RunningServer server, ITestOutputHelper output) : IClassFixture<RunningServer>
{
    private const int Clients = 64;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("NETGEN_FULL") == "1" ? 30 : 5);

    [Fact]
    public async Task No_request_of_many_clients_fails_and_no_prediction_allocates()
    {
        (byte[] Body, int Digit)[] requests = [.. Digits.All.Select(image => (Digits.Body(image.Pixels), Expected(image.Pixels)))];
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Duration + TimeSpan.FromMinutes(1));
        long before = server.Network.Predictions, start = Stopwatch.GetTimestamp();
        int[] answered = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => Ask(client))));
        TimeSpan took = Stopwatch.GetElapsedTime(start);

        long predictions = server.Network.Predictions - before;   // the first ones of threads left out
        output.WriteLine($"{answered.Sum():N0} requests of {Clients} clients in {took.TotalSeconds:F1} s, none failed; {server.Network.Bytes} bytes in {predictions:N0} predictions");
        Assert.All(answered, count => Assert.True(count > 0));
        Assert.InRange(predictions, answered.Sum() / 2, answered.Sum());
        Assert.Equal(0, server.Network.Bytes);

        // One client: what it asks is answered, and answered right, or the test fails.
        async Task<int> Ask(int client)
        {
            int count = 0;
            for (; Stopwatch.GetElapsedTime(start) < Duration; count++)
            {
                (byte[] body, int digit) = requests[(client + (count * Clients)) % requests.Length];
                using ByteArrayContent content = new(body);
                using HttpResponseMessage response = await server.Client.PostAsync("/digits", content, deadline.Token);
                response.EnsureSuccessStatusCode();
                JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(deadline.Token);
                Assert.Equal(digit, answer.GetProperty("digit").GetInt32());
            }
            return count;
        }
    }

    private int Expected(ReadOnlySpan<float> pixels)
    {
        float[] probabilities = new float[DigitNet.OutputSize];
        server.Network.Predict(pixels, probabilities);
        return Array.IndexOf(probabilities, probabilities.Max());
    }
}
