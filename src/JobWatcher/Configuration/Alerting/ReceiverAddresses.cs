using JobWatcher.Alerting.Receivers.Alertmanager;
using JobWatcher.Configuration.Reading;

namespace JobWatcher.Configuration.Alerting;

/// <summary>Reads addresses of receivers, which no fault shows.</summary>
internal static class ReceiverAddresses
{
    /// <summary>Reads one address, given by itself or by its file; null where it is left out or faulty.</summary>
    /// <param name="mapping">Where it stands.</param>
    /// <param name="key">Its key.</param>
    /// <param name="problem">What is wrong with an address and the way out; null where nothing is.</param>
    public static SecretAddress? Read(MappingReader mapping, string key, Func<Uri, string?> problem) =>
        mapping.Secret(key) is { } secret
            ? Parse(secret.Value.Reveal(), problem, message => mapping.Fault(secret.File is null ? key : key + "File", message))
            : null;

    /// <summary>Reads a list of addresses, or the lines of its file; faulty ones are left out.</summary>
    public static IReadOnlyList<SecretAddress> ReadList(MappingReader mapping, string key, Func<Uri, string?> problem)
    {
        var addresses = new List<SecretAddress>();
        foreach (var item in mapping.Secrets(key))
        {
            if (Parse(item.Text, problem, Fault) is not { } address)
            {
                continue;
            }

            if (addresses.Contains(address))
            {
                Fault($"names an address of {address} that is there already; take one of them out");
                continue;
            }

            addresses.Add(address);

            void Fault(string message) => mapping.Session.Fault(item.Place, item.Path, message);
        }

        return addresses;
    }

    /// <summary>What keeps an address from being that of a webhook or heartbeat.</summary>
    public static string? EndpointProblem(Uri address) =>
        address.Fragment.Length > 0 ? "has a fragment, which is never sent; take it out" : null;

    /// <summary>What keeps an address from being that of an Alertmanager.</summary>
    public static string? AlertmanagerProblem(Uri address) =>
        address.Query.Length + address.Fragment.Length > 0 ? "has a query or fragment; take it out" :
        address.AbsolutePath.TrimEnd('/').EndsWith(AlertmanagerClient.AlertsPath, StringComparison.Ordinal)
            ? $"ends with {AlertmanagerClient.AlertsPath}, which JobWatcher adds itself; take that out" :
        null;

    private static SecretAddress? Parse(string text, Func<Uri, string?> problem, Action<string> fault)
    {
        var isWeb = Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        var message =
            !isWeb ? "is not an address; write it like https://host/path or http://host:port" :
            address!.UserInfo.Length > 0 ? "holds a user or password; give them as basicAuth" :
            problem(address);
        if (message is null)
        {
            return new SecretAddress(address!);
        }

        fault(message);
        return null;
    }
}
