using System.Text.Json.Serialization;
using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Control;

/// <summary>Rotates and withdraws credentials, and says how long the next ones are valid.</summary>
internal static class CredentialControl
{
    public static void Map(IEndpointRouteBuilder control, SimulatedCloud cloud)
    {
        var credentials = control.MapGroup("/credentials");
        credentials.MapGet("", () => Show(cloud));
        credentials.MapPatch("", (HttpRequest request) => SetAsync(cloud, request));
        credentials.MapDelete("/tokens", () => Done(cloud.Credentials.RevokeAllTokens));
        credentials.MapDelete("/temporary-keys", () => Done(cloud.Credentials.RevokeTemporaryKeys));
        credentials.MapPatch(
            "/users/{domain}/{user}",
            (string domain, string user, HttpRequest request) => ChangeAsync(cloud, domain, user, request));
    }

    private static IResult Show(SimulatedCloud cloud) => ControlApi.Show(new Settings
    {
        TokenLifetime = cloud.Credentials.TokenLifetime,
        TemporaryKeyLifetime = cloud.Credentials.TemporaryKeyLifetime,
        RequiresMetadataToken = cloud.Metadata.RequiresToken,
    });

    private static async Task<IResult> SetAsync(SimulatedCloud cloud, HttpRequest request)
    {
        var settings = await ControlApi.ReadAsync<Settings>(request);
        cloud.Credentials.TokenLifetime = settings.TokenLifetime ?? cloud.Credentials.TokenLifetime;
        if (settings.TemporaryKeyLifetime is { } lifetime)
        {
            cloud.Credentials.TemporaryKeyLifetime = lifetime;
        }

        cloud.Metadata.RequiresToken = settings.RequiresMetadataToken ?? cloud.Metadata.RequiresToken;
        return Results.NoContent();
    }

    private static async Task<IResult> ChangeAsync(
        SimulatedCloud cloud, string domain, string user, HttpRequest request)
    {
        var secrets = await ControlApi.ReadAsync<Secrets>(request);
        try
        {
            cloud.Credentials.Change(domain, user, account => account with
            {
                Password = secrets.Password ?? account.Password,
                AccessKey = secrets.AccessKey ?? account.AccessKey,
                SecretKey = secrets.SecretKey ?? account.SecretKey,
            });
            return Results.NoContent();
        }
        catch (KeyNotFoundException unknown)
        {
            throw new ApiException(new ApiError(404, "Simulator.404", unknown.Message));
        }
    }

    private static IResult Done(Action action)
    {
        action();
        return Results.NoContent();
    }

    private sealed record Settings
    {
        [JsonPropertyName("token_lifetime_seconds")]
        public TimeSpan? TokenLifetime { get; init; }

        [JsonPropertyName("temporary_key_lifetime_seconds")]
        public TimeSpan? TemporaryKeyLifetime { get; init; }

        public bool? RequiresMetadataToken { get; init; }
    }

    private sealed record Secrets
    {
        public string? Password { get; init; }

        public string? AccessKey { get; init; }

        public string? SecretKey { get; init; }

        public override string ToString() => nameof(Secrets);
    }
}
