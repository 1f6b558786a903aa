using JobWatcher.HuaweiCloud.Text;

namespace JobWatcher.HuaweiCloud.Tests.Text;

public sealed class TextStartTests
{
    [Theory]
    [InlineData("", 0, "")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abc", 2, "ab")]
    [InlineData("abc", 0, "")]
    [InlineData("a😀", 2, "a")]
    [InlineData("a😀", 3, "a😀")]
    public void It_never_ends_in_half_a_character(string text, int most, string kept) =>
        Assert.Equal(kept, TextStart.Of(text, most).ToString());

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("a😀b", 3, "a…")]
    public void A_shortened_text_holds_its_ellipsis_within_the_bound(string text, int most, string shown) =>
        Assert.Equal(shown, TextStart.Shortened(text, most));
}
