using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WebApi;

namespace NetGen.Samples.Tests.Web;

/// <summary>The sample, listening on a free port of the loopback address.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private readonly WebApplication _app = Server.Create(
        ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=None"],
        services => services.AddSingleton<IPredictor>(new CountingNetwork(new DigitNet())));

    /// <summary>A client of it.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });

    /// <summary>The network that serves the requests.</summary>
    public CountingNetwork Network => (CountingNetwork)_app.Services.GetRequiredService<IPredictor>();

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();
        Client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
