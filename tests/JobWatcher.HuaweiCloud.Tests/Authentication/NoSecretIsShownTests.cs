using System.Reflection;
using System.Text.Json;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Authentication.Metadata;
using JobWatcher.HuaweiCloud.Authentication.Secrets;
using JobWatcher.HuaweiCloud.Identity;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Tests.Wire;

namespace JobWatcher.HuaweiCloud.Tests.Authentication;

/// <summary>Whatever of the public types holds a secret: printing, serializing or reading its members does not show it.</summary>
public sealed class NoSecretIsShownTests : IDisposable
{
    private const string Hidden = "s3cr3t";

    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly InstanceMetadataSource _metadata = new(TimeProvider.System);
    private readonly List<object> _holders;

    public NoSecretIsShownTests()
    {
        Secret secret = Hidden;
        var fixedSecret = new FixedSecret(secret);
        var file = new SecretFile(_folder.Write("secret", Hidden), TimeProvider.System);
        file.Current();
        var keys = new AccessKeyCredentials("ak", secret, secret);
        var source = new FixedCredentials(keys);
        var user = new IamUser("acme", "watcher", fixedSecret, new ProjectScope("r"));
        var identity = new IdentityClient(
            _http, new IdentityClientOptions { Endpoint = new Uri("https://iam.example") }, source, TimeProvider.System);
        var options = new ImmediateJobsClientOptions { Endpoint = new Uri("https://api.example"), ProjectId = WireClient.ProjectId };
        _holders =
        [
            secret, fixedSecret, file, keys, new TokenCredentials(secret), source, user, identity, _metadata,
            new AccessKeySource(new FixedSecret("ak"), file, fixedSecret), new TokenSource(file),
            new IamTokenSource(identity, user, TimeProvider.System), new ImmediateJobsClient(_http, options, source, TimeProvider.System),
        ];
    }

    public void Dispose()
    {
        _metadata.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Printed_serialized_or_read_by_its_members_none_shows_it() =>
        Assert.All(_holders, holder => Assert.All(
            Shown(holder), shown => Assert.DoesNotContain(Hidden, shown, StringComparison.Ordinal)));

    [Fact]
    public void Every_public_type_that_is_made_with_a_secret_is_among_them()
    {
        Type[] carriers = [typeof(Secret), typeof(ISecretSource), typeof(Credentials), typeof(ICredentialSource), typeof(IamUser)];
        var made = typeof(Secret).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.GetConstructors()
                .SelectMany(constructor => constructor.GetParameters())
                .Any(parameter => carriers.Any(carrier => carrier.IsAssignableFrom(parameter.ParameterType))));

        Assert.Empty(made.Except(_holders.Select(holder => holder.GetType())));
    }

    private static IEnumerable<string> Shown(object holder)
    {
        yield return holder.ToString()!;
        yield return Serialize(holder);
        foreach (var property in holder.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            yield return property.GetValue(holder)?.ToString() ?? "";
        }
    }

    private static string Serialize(object holder)
    {
        try
        {
            return JsonSerializer.Serialize(holder, holder.GetType());
        }
        catch (NotSupportedException)
        {
            return "";
        }
    }
}
