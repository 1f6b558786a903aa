using System.Net;
using System.Net.Http.Headers;
using System.Text;
using JobWatcher.Configuration;
using JobWatcher.HuaweiCloud.Authentication.Secrets;

namespace JobWatcher.Alerting.Receivers.Http;

/// <summary>Adds the credentials of this moment to each request; where they are refused, their file is read again at once.</summary>
internal sealed class AuthorizationHandler : DelegatingHandler
{
    private readonly string? _user;
    private readonly ISecretSource? _secret;

    /// <summary>Creates the handler of a receiver.</summary>
    public AuthorizationHandler(ReceiverAccess access, TimeProvider time)
    {
        _user = access.BasicAuth?.User;
        _secret = (access.BasicAuth?.Password ?? access.BearerToken) is { } secret
            ? secret.File is { } file ? new SecretFile(file, time) : new FixedSecret(secret.Value)
            : null;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_secret is not null)
        {
            request.Headers.Authorization = HeaderOf(_secret.Current().Reveal());
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.Unauthorized)
        {
            _secret?.Refresh();
        }

        return response;
    }

    // RFC 7617 lets UTF-8 be.
    private AuthenticationHeaderValue HeaderOf(string secret) => _user is null
        ? new AuthenticationHeaderValue("Bearer", secret)
        : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_user}:{secret}")));
}
