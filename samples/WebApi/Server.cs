using Microsoft.AspNetCore.Http.HttpResults;
using NetGen;

namespace WebApi;

/// <summary>The web application: one network for all requests.</summary>
public static class Server
{
    /// <summary>Builds the application; it does not listen yet.</summary>
    /// <param name="args">The command line, such as <c>--urls http://127.0.0.1:5000</c>.</param>
    /// <param name="configure">Further services, for tests.</param>
    public static WebApplication Create(string[] args, Action<IServiceCollection>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.AddSingleton<IPredictor>(new DigitNet());
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi();
        builder.Services.AddHealthChecks().AddCheck<NetworkCheck>("network");
        configure?.Invoke(builder.Services);

        WebApplication app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();   // a body for 404 and 405 as well
        app.MapOpenApi();
        app.MapHealthChecks("/health");
        app.MapPost("/digits", Classify)
            .WithName("ClassifyDigit")
            .WithSummary("Which digit an image shows.")
            .Accepts<DigitImage>("application/json")
            .Produces<DigitClass>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        return app;
    }

    /// <summary>Which digit an image shows.</summary>
    /// <remarks>Predict allocates nothing and may be called by all requests at once; what a request allocates is its JSON.</remarks>
    private static async Task<Results<Ok<DigitClass>, ProblemHttpResult>> Classify(HttpRequest request, IPredictor network)
    {
        DigitImage image;
        try
        {
            image = await ImageReader.ReadAsync(request);
        }
        catch (BadHttpRequestException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status400BadRequest, title: "This is no image of a digit.");
        }
        float[] probabilities = new float[DigitNet.OutputSize];
        network.Predict(image.Pixels, probabilities);
        return TypedResults.Ok(new DigitClass(Array.IndexOf(probabilities, probabilities.Max()), probabilities));
    }
}
