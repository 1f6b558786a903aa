using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Configuration.Reading;
using JobWatcher.Configuration.Targets;
using JobWatcher.Text;

namespace JobWatcher.Configuration.Alerting;

/// <summary>Reads receivers of alerts and checks them against each other.</summary>
internal sealed class ReceiverReader
{
    private const int LeastSecretBytes = 24;
    private const int MostSecretBytes = 64;

    private static readonly Duration DefaultResendEvery = Duration.Minutes(1);

    private readonly Dictionary<string, Place> _names = new(StringComparer.Ordinal);
    private readonly ReceiverAccessReader _access = new();

    /// <summary>Reads one receiver; null where it is faulty.</summary>
    public ReceiverConfiguration? Read(MappingReader entry)
    {
        var name = entry.RequiredText("name", "give the receiver a name of its own", Names.Problem);
        Claim(entry, name);
        var access = _access.Read(entry);
        var allowHttp = entry.Flag("allowHttp") ?? false;

        // Both are asked for, or the one left out here would be an unknown key.
        var (isAlertmanager, isWebhook) = (entry.Has("alertmanager"), entry.Has("webhook"));
        if (isAlertmanager == isWebhook)
        {
            entry.Fault(isWebhook
                ? "has alertmanager and webhook; make two receivers of them"
                : "sends nowhere; give alertmanager with urls, or webhook with url and secret");
            return null;
        }

        var receiver = isAlertmanager
            ? entry.Section("alertmanager", section => ReadAlertmanager(section, name ?? "", access))
            : (ReceiverConfiguration?)entry.Section("webhook", section => ReadWebhook(section, name ?? "", access));
        var exposed = (receiver as AlertmanagerConfiguration)?.Urls.FirstOrDefault(url => url.IsExposed)
            ?? (receiver is WebhookConfiguration { Url: var url } && url.IsExposed ? url : null);
        if (exposed is not null && access.HasCredentials && !allowHttp)
        {
            entry.Fault(
                $"would send its {(access.BasicAuth is null ? "bearerToken" : "basicAuth")} unencrypted to {exposed}; " +
                "use https, or add allowHttp: true to the receiver");
        }

        return name is null ? null : receiver;
    }

    private void Claim(MappingReader entry, string? name)
    {
        if (name is not null && !_names.TryAdd(name, entry.PlaceOf("name")))
        {
            entry.Fault("name", $"is already the name of the receiver at {_names[name]}; names are unique", name);
        }
    }

    private static AlertmanagerConfiguration? ReadAlertmanager(MappingReader section, string name, ReceiverAccess access)
    {
        if (!section.HasSecret("urls"))
        {
            section.Fault("urls", "is missing; give urls, the address of each Alertmanager, or urlsFile with one a line");
        }

        var urls = ReceiverAddresses.ReadList(section, "urls", ReceiverAddresses.AlertmanagerProblem);
        var resendEvery = section.Duration("resendEvery", Duration.Seconds(1), Duration.Minutes(60)) ?? DefaultResendEvery;
        return urls.Count == 0
            ? null
            : new AlertmanagerConfiguration { Name = name, Access = access, Urls = urls, ResendEvery = resendEvery };
    }

    private static WebhookConfiguration? ReadWebhook(MappingReader section, string name, ReceiverAccess access)
    {
        if (!section.HasSecret("url"))
        {
            section.Fault("url", "is missing; give url or urlFile");
        }

        if (!section.HasSecret("secret"))
        {
            section.Fault(
                "secret", "is missing; give secret or secretFile, such as whsec_ and what openssl rand -base64 32 prints");
        }

        var url = ReceiverAddresses.Read(section, "url", ReceiverAddresses.EndpointProblem);
        var secret = section.Secret("secret");
        if (secret is not null && SecretProblem(secret.Value.Reveal()) is { } problem)
        {
            section.Fault(secret.File is null ? "secret" : "secretFile", problem);
            secret = null;
        }

        return url is null || secret is null
            ? null
            : new WebhookConfiguration { Name = name, Access = access, Url = url, Secret = secret };
    }

    // The sizes are those of the Standard Webhooks specification, as the form is.
    private static string? SecretProblem(string secret) =>
        WebhookKey.Decode(secret)?.Length is >= LeastSecretBytes and <= MostSecretBytes
            ? null
            : $"is not {LeastSecretBytes} to {MostSecretBytes} bytes in base64 after {WebhookKey.Prefix}; make one with openssl rand -base64 32";
}
