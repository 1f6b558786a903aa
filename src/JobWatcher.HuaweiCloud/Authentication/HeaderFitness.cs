namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>Tells keys and tokens that a header cannot carry, before they break a request in a way that shows them.</summary>
public static class HeaderFitness
{
    /// <summary>Whether a key or token is of visible ASCII only, as all of them are: no space, no line break, no other letter.</summary>
    public static bool Fits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
    }

    /// <exception cref="CloudException">One of them does not fit; the message does not show it.</exception>
    internal static void Require(Credentials credentials)
    {
        switch (credentials)
        {
            case TokenCredentials token:
                Require("token", token.Token.Reveal());
                break;
            case AccessKeyCredentials accessKey:
                Require("access key", accessKey.AccessKey);
                if (accessKey.SecurityToken is { } securityToken)
                {
                    Require("security token", securityToken.Reveal());
                }

                break;
        }
    }

    private static void Require(string what, string text)
    {
        if (!Fits(text))
        {
            throw new CloudException(
                CloudFault.Unauthorized,
                $"The {what} holds a character that an HTTP header cannot carry: only visible ASCII is allowed. Check it for line breaks, spaces and quotation marks.")
            {
                WasNotSent = true,
            };
        }
    }
}
