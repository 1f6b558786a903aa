using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud;
using JobWatcher.Tests.Polling;
using static JobWatcher.Tests.Storage.Make;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>The key of the signature over time.</summary>
public sealed class WebhookKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobwatcher-key-").FullName;
    private readonly SettableTime _time = new(Noon);

    private string SecretFile => Path.Combine(_folder, "secret");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_read_again_when_it_changes()
    {
        var key = Written("whsec_AAEC\n");

        Assert.Equal([0, 1, 2], key.Current());
        Change("whsec_AwQF");

        Assert.Equal([3, 4, 5], key.Current());
    }

    [Theory]
    [InlineData("whsec_not base64!")]
    [InlineData("")]
    public void A_file_that_goes_bad_leaves_the_last_good_key_in_force(string text)
    {
        var key = Written("whsec_AAEC");
        key.Current();

        Change(text);
        Assert.Equal([0, 1, 2], key.Current());
        Assert.Equal([0, 1, 2], key.Current());

        Change("AwQF");
        Assert.Equal([3, 4, 5], key.Current());
    }

    [Fact]
    public void A_key_that_never_was_is_a_fault_without_the_secret()
    {
        var fault = Assert.Throws<CloudException>(() => Written("whsec_hush!").Current());

        Assert.Contains(SecretFile, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", fault.Message, StringComparison.Ordinal);
    }

    private WebhookKey Written(string text)
    {
        File.WriteAllText(SecretFile, text);
        return new WebhookKey(new SecretConfiguration("read once", SecretFile), _time);
    }

    private void Change(string text)
    {
        File.WriteAllText(SecretFile, text);
        _time.Advance(TimeSpan.FromSeconds(2));
    }
}
