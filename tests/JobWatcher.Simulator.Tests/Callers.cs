using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using JobWatcher.Simulator.Authentication;

namespace JobWatcher.Simulator.Tests;

/// <summary>Asks as the clients of IAM, of the metadata service and of the control API do.</summary>
internal static class Callers
{
    public static readonly string Listing = $"/v3/{ProjectOptions.ExampleId}/immediate-jobs";

    public static Task<HttpResponseMessage> CreateTokenAsync(
        this TestCloud cloud, string password = "password-example", string scope = """{"name":"cn-north-4"}""")
        => cloud.CreateTokenFromAsync(
            $$$$$"""
            {"auth": {
              "identity": {
                "methods": ["password"],
                "password": {"user": {
                  "name": "example-user", "password": "{{{{{password}}}}}", "domain": {"name": "example-domain"}}}},
              "scope": {"project": {{{{{scope}}}}}}}}
            """);

    public static async Task<HttpResponseMessage> CreateTokenFromAsync(this TestCloud cloud, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await cloud.Client.PostAsync(new Uri("/v3/auth/tokens?nocatalog=true", UriKind.Relative), content);
    }

    public static async Task<string> TokenAsync(this TestCloud cloud, string scope = """{"name":"cn-north-4"}""")
    {
        using var response = await cloud.CreateTokenAsync(scope: scope);
        return response.Headers.GetValues("X-Subject-Token").Single();
    }

    public static async Task<HttpStatusCode> ListAsTokenAsync(
        this TestCloud cloud, string token, string project = ProjectOptions.ExampleId)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri($"/v3/{project}/immediate-jobs", UriKind.Relative));
        request.Headers.Add("X-Auth-Token", token);
        using var client = new HttpClient { BaseAddress = cloud.Server.BaseAddress };
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    public static async Task<HttpStatusCode> GetSignedAsync(
        this TestCloud cloud, string target, string accessKey, string secretKey, string? securityToken = null)
    {
        var headers = SignedHeaders.For(cloud, target, accessKey, secretKey, securityToken);
        var answer = await RawRequest.SendAsync(cloud.Server.BaseAddress, "GET", target, headers);
        return (HttpStatusCode)int.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    public static Task<HttpStatusCode> ListAsKeyAsync(this TestCloud cloud, TemporaryKey key)
        => cloud.GetSignedAsync(Listing, key.AccessKey, key.SecretKey, key.SecurityToken);

    public static async Task<HttpResponseMessage> GetSecurityKeyAsync(this TestCloud cloud, string? token = null)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri("/openstack/latest/securitykey", UriKind.Relative));
        if (token is not null)
        {
            request.Headers.Add("X-Metadata-Token", token);
        }

        return await cloud.Client.SendAsync(request);
    }

    public static async Task<TemporaryKey> SecurityKeyAsync(this TestCloud cloud)
    {
        using var response = await cloud.GetSecurityKeyAsync();
        var key = (await response.JsonAsync()).GetProperty("credential");
        return new TemporaryKey(
            key.GetProperty("access").GetString()!,
            key.GetProperty("secret").GetString()!,
            key.GetProperty("securitytoken").GetString()!,
            key.GetProperty("expires_at").GetDateTimeOffset());
    }

    public static async Task<HttpResponseMessage> CreateMetadataTokenAsync(this TestCloud cloud, string? seconds)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Put, new Uri("/meta-data/latest/api/token", UriKind.Relative));
        if (seconds is not null)
        {
            request.Headers.Add("X-Metadata-Token-Ttl-Seconds", seconds);
        }

        return await cloud.Client.SendAsync(request);
    }

    public static async Task<HttpResponseMessage> ControlAsync(
        this TestCloud cloud, string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method), new Uri("/_simulator/" + path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await cloud.Client.SendAsync(request);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
        => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
}
