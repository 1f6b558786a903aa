using JobWatcher.HuaweiCloud.Authentication.Secrets;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.HuaweiCloud.Tests.Authentication.Secrets;

public sealed class SecretFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_change_is_seen_a_second_later_and_the_same_content_is_the_same_object()
    {
        var file = new SecretFile(_folder.Write("key", "first\n"), _time);
        var first = file.Current();
        _folder.Write("key", "second\r\n");

        var atOnce = file.Current();
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = file.Current();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("first", first.Reveal());
        Assert.Same(first, atOnce);
        Assert.Equal("second", second.Reveal());
        Assert.Same(second, file.Current());
    }

    [Theory]
    [InlineData("pass", "pass")]
    [InlineData("pass\n", "pass")]
    [InlineData("pass\r\n", "pass")]
    [InlineData("pass\n\n", "pass\n")]
    [InlineData("pass\r", "pass\r")]
    [InlineData(" pass \n", " pass ")]
    public void A_file_loses_one_line_end_and_nothing_else(string content, string secret) =>
        Assert.Equal(secret, new SecretFile(_folder.Write("key", content), _time).Current().Reveal());

    [Fact]
    public void A_secret_that_was_refused_is_looked_at_at_once()
    {
        var file = new SecretFile(_folder.Write("key", "first"), _time);
        file.Current();
        _folder.Write("key", "second");

        file.Refresh();

        Assert.Equal("second", file.Current().Reveal());
    }

    [Fact]
    public void The_swap_of_a_link_as_Kubernetes_does_it_is_seen()
    {
        Directory.CreateDirectory(_folder.At("..v1"));
        Directory.CreateDirectory(_folder.At("..v2"));
        _folder.Write("..v1/key", "first");
        _folder.Write("..v2/key", "second");
        Directory.CreateSymbolicLink(_folder.At("..data"), "..v1");
        File.CreateSymbolicLink(_folder.At("key"), "..data/key");
        var file = new SecretFile(_folder.At("key"), _time);
        var first = file.Current().Reveal();

        Directory.Delete(_folder.At("..data"));
        Directory.CreateSymbolicLink(_folder.At("..data"), "..v2");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("first", "second"), (first, file.Current().Reveal()));
    }

    [Theory]
    [InlineData(null, SecretFileFaultKind.Missing)]
    [InlineData("", SecretFileFaultKind.Empty)]
    [InlineData("\n", SecretFileFaultKind.Empty)]
    [InlineData("large", SecretFileFaultKind.TooLarge)]
    public void A_file_that_goes_bad_leaves_the_last_good_secret_and_tells_why(string? text, SecretFileFaultKind kind)
    {
        var path = _folder.Write("key", "good");
        var file = new SecretFile(path, _time);
        file.Current();
        File.Delete(path);
        if (text is not null)
        {
            _folder.Write("key", text is "large" ? new string('x', 70_000) : text);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        var kept = file.Current();
        var fault = file.Fault;
        _folder.Write("key", "better");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("good", kept.Reveal());
        Assert.Equal(new SecretFileFault(path, kind), fault);
        Assert.Equal("better", file.Current().Reveal());
        Assert.Null(file.Fault);
    }

    [Fact]
    public void Without_any_good_secret_the_fault_names_the_file()
    {
        var file = new SecretFile(_folder.At("none"), _time);

        var exception = Assert.Throws<CloudException>(file.Current);

        Assert.Equal(CloudFault.Unauthorized, exception.Fault);
        Assert.Contains($"{_folder.At("none")} is not there", exception.Message, StringComparison.Ordinal);
    }
}
