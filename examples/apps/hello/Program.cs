using System.Diagnostics;
using Amazon.S3;
using Hello;

Surroundings surroundings;
try
{
    surroundings = Surroundings.Read(Environment.GetEnvironmentVariable);
}
catch (SurroundingsException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders().AddJsonConsole(json => (json.TimestampFormat, json.UseUtcTimestamp) = ("O", true));
// One log line per request is written below.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.ListenAnyIP(surroundings.Port);
    kestrel.Limits.MaxRequestBodySize = Objects.Largest;
    kestrel.AddServerHeader = false;
});
// ECS sends SIGKILL 30 seconds after SIGTERM.
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));
builder.Services.AddSingleton(surroundings);
// The SDK finds region and credentials itself: AWS_REGION, and the task role. Other endpoints than AWS have no host per bucket.
builder.Services.AddSingleton<IAmazonS3>(_ => new AmazonS3Client(new AmazonS3Config { ForcePathStyle = surroundings.OwnEndpoint }));
builder.Services.AddSingleton<Objects>();
builder.Services.AddSingleton<Readiness>();
builder.Services.AddHostedService(services => services.GetRequiredService<Readiness>());

WebApplication app = builder.Build();
app.Use(async (context, next) =>
{
    long began = Stopwatch.GetTimestamp();
    await next();
    double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    // Health checks every few seconds would hide the other requests.
    if (!context.Request.Path.StartsWithSegments("/health"))
        Requests.Answered(app.Logger, context.Request.Method, context.Request.Path, context.Response.StatusCode, milliseconds);
});
app.MapGet("/", () => new
{
    surroundings.Project,
    surroundings.Environment,
    surroundings.Service,
    surroundings.Region,
    surroundings.Repository,
    surroundings.DiscoveryPath,
});
foreach (string path in new[] { "/health", "/health/live" })
    app.MapGet(path, () => new { alive = true });
app.MapGet("/health/ready", async (Readiness readiness) => await readiness.ReasonAgainstAsync() is { } reason
    ? Results.Json(new { ready = false, reason }, statusCode: StatusCodes.Status503ServiceUnavailable)
    : Results.Json(new { ready = true }));
app.MapGet("/objects", (Objects objects, CancellationToken cancellation) => objects.ListAsync(cancellation));
app.MapPut("/objects/{**key}", (string key, HttpRequest request, Objects objects, CancellationToken cancellation) =>
    objects.WriteAsync(key, request.Body, cancellation));
app.MapGet("/objects/{**key}",
    (string key, HttpResponse response, Objects objects, CancellationToken cancellation) => objects.ReadAsync(key, response, cancellation));
await app.RunAsync();
return 0;

/// <summary>The log line of a request.</summary>
internal static partial class Requests
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path}: {Status} in {Milliseconds:0} ms")]
    public static partial void Answered(ILogger log, string method, PathString path, int status, double milliseconds);
}
