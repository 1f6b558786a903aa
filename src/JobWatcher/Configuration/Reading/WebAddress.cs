namespace JobWatcher.Configuration.Reading;

/// <summary>What every http or https address that a user gives must be.</summary>
internal static class WebAddress
{
    /// <summary>Reads an address without user, query and fragment.</summary>
    /// <param name="text">The text; not to be shown where it <see cref="MayHoldPassword"/>.</param>
    /// <param name="address">The address; null where the text is none.</param>
    /// <returns>What is wrong with it and the way out; null where nothing is.</returns>
    public static string? Problem(string text, out Uri? address)
    {
        var isWeb = Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https";
        return
            MayHoldPassword(text) ? "holds a @, as an address with a user or password does; take them out" :
            !isWeb ? "is not an address; write it like https://host or http://host:port" :
            address!.Query.Length + address.Fragment.Length > 0 ? "has a query or fragment; take it out" :
            null;
    }

    /// <summary>Whether what stands before a @ may be a password.</summary>
    public static bool MayHoldPassword(string text) => text.Contains('@', StringComparison.Ordinal);
}
