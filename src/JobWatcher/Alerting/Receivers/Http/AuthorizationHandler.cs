using System.Net;
using System.Net.Http.Headers;
using System.Text;
using JobWatcher.Configuration.Alerting;
using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Authentication.Secrets;

namespace JobWatcher.Alerting.Receivers.Http;

/// <summary>Adds the credentials of this moment to each request; where they are refused, their file is read again at once.</summary>
internal sealed class AuthorizationHandler : DelegatingHandler
{
    private readonly string? _user;
    private readonly ISecretSource? _secret;
    private readonly string? _file;

    /// <summary>Creates the handler of a receiver.</summary>
    public AuthorizationHandler(ReceiverAccess access, TimeProvider time)
    {
        _user = access.BasicAuth?.User;
        var secret = access.BasicAuth?.Password ?? access.BearerToken;
        _file = secret?.File;
        _secret = secret?.Source(time);
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

    // RFC 7617 lets UTF-8 be. A token is checked when the configuration is read, but its file may change after that.
    private AuthenticationHeaderValue HeaderOf(string secret) => _user is null
        ? new AuthenticationHeaderValue("Bearer", HeaderFitness.Fits(secret)
            ? secret
            : throw new CloudException(
                CloudFault.Unauthorized,
                $"The token {_file ?? "of the receiver"} holds a space or another character that no token has; copy it anew."))
        : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_user}:{secret}")));
}
