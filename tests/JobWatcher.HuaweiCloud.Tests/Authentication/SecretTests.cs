using System.Globalization;
using System.Text.Json;
using JobWatcher.HuaweiCloud.Authentication;

namespace JobWatcher.HuaweiCloud.Tests.Authentication;

public sealed class SecretTests
{
    private static readonly Secret Hidden = "s3cr3t";

    [Fact]
    public void It_prints_as_stars() => Assert.Equal("***", string.Create(CultureInfo.InvariantCulture, $"{Hidden}"));

    [Fact]
    public void It_is_not_serialized() =>
        Assert.DoesNotContain("s3cr3t", JsonSerializer.Serialize(new AccessKeyCredentials("ak", Hidden, Hidden)), StringComparison.Ordinal);

    [Fact]
    public void It_has_no_property_or_public_field_that_a_logger_could_read() =>
        Assert.DoesNotContain(
            typeof(Secret).GetMembers(),
            member => member.MemberType is System.Reflection.MemberTypes.Property or System.Reflection.MemberTypes.Field);

    [Fact]
    public void Credentials_print_without_it()
    {
        var printed = new AccessKeyCredentials("ak", Hidden, Hidden).ToString() + new TokenCredentials(Hidden);

        Assert.Contains("AccessKey = ak", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_revealed_when_asked_for() => Assert.Equal("s3cr3t", Hidden.Reveal());

    [Fact]
    public void An_empty_one_is_refused() => Assert.Throws<ArgumentException>(() => new Secret(""));
}
