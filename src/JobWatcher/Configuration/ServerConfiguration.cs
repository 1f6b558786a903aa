using System.Net;
using JobWatcher.Configuration.Reading;

namespace JobWatcher.Configuration;

/// <summary>Where JobWatcher answers.</summary>
internal sealed record ServerConfiguration
{
    /// <summary>The address to listen on: http, an IP address or <c>localhost</c>, and a port (0 for any free one).</summary>
    /// <value><c>http://0.0.0.0:9464</c>.</value>
    public Uri Listen { get; private init; } = new("http://0.0.0.0:9464");

    /// <summary>How people reach JobWatcher's pages, for links; null where nobody said.</summary>
    public Uri? ExternalUrl { get; private init; }

    /// <summary>Reads the section <c>server</c>.</summary>
    public static ServerConfiguration Read(MappingReader section)
    {
        var defaults = new ServerConfiguration();
        return new ServerConfiguration
        {
            Listen = section.Address("listen", ListenProblem) ?? defaults.Listen,
            ExternalUrl = section.Address("externalUrl", _ => null),
        };
    }

    /// <summary>What keeps an address from being listened on, and the way out; null where nothing does.</summary>
    public static string? ListenProblem(Uri address) =>
        address.Scheme != Uri.UriSchemeHttp ? "is not an http address; put TLS in front of JobWatcher" :
        address.AbsolutePath != "/" ? "has a path; give only address and port" :
        !IPAddress.TryParse(address.Host.Trim('[', ']'), out _) && (address.Host != "localhost" || address.Port == 0)
            ? "is no address to listen on; give an IP address, such as 0.0.0.0 for all, or localhost with a port" :
        null;
}
