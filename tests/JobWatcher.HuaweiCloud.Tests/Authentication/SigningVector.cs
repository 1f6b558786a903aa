using System.Text.Json;
using JobWatcher.HuaweiCloud.Authentication;

namespace JobWatcher.HuaweiCloud.Tests.Authentication;

/// <summary>A captured request of the vendor's own SDK.</summary>
internal sealed record SigningVector(
    string Name, string Method, string Target, IReadOnlyDictionary<string, string> Headers,
    string CanonicalRequest, string StringToSign, string Signature)
{
    private static readonly string[] Unsigned = ["Authorization", "Content-Type"];

    public static IReadOnlyDictionary<string, SigningVector> All { get; } = Read(out _);

    public static AccessKeyCredentials Credentials
    {
        get
        {
            Read(out var credentials);
            return credentials;
        }
    }

    public string Path => Target.Split('?')[0];

    public string Query => Target.Contains('?') ? Target[Target.IndexOf('?')..] : "";

    public string Authorization => Headers["Authorization"];

    public string SdkDate => Headers["X-Sdk-Date"];

    public IEnumerable<KeyValuePair<string, string>> SignedHeaders =>
        Headers.Where(header => !Unsigned.Contains(header.Key, StringComparer.OrdinalIgnoreCase));

    private static Dictionary<string, SigningVector> Read(out AccessKeyCredentials credentials)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(
            Path_("vectors/aksk-signing.json")));
        var root = document.RootElement;
        credentials = new AccessKeyCredentials(root.GetProperty("accessKey").GetString()!, root.GetProperty("secretKey").GetString()!);
        return root.GetProperty("vectors").EnumerateArray()
            .Select(vector => vector.Deserialize<SigningVector>(JsonSerializerOptions.Web)!)
            .ToDictionary(vector => vector.Name);
    }

    private static string Path_(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, name);
}
