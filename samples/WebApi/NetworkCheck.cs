using Microsoft.Extensions.Diagnostics.HealthChecks;
using NetGen;

namespace WebApi;

/// <summary>The server is healthy when the network gives probabilities: of an empty image, which is no digit in particular.</summary>
internal sealed class NetworkCheck(IPredictor network) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        float[] probabilities = new float[DigitNet.OutputSize];
        network.Predict(new float[DigitNet.InputSize], probabilities);
        float sum = probabilities.Sum();
        return Task.FromResult(MathF.Abs(sum - 1) < 1e-3f
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"Expected probabilities that sum to 1, got {sum}."));
    }
}
