namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>Refuses credentials that a header cannot carry, before they break a request in a way that shows them.</summary>
internal static class HeaderFitness
{
    /// <exception cref="CloudException">One of them does not fit; the message does not show it.</exception>
    public static void Require(Credentials credentials)
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

    public static bool Fits(string text) => text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;

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
