using CsCheck;
using JobWatcher.Text;

namespace JobWatcher.Tests.Text;

public sealed class LabelTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("order-db 1", "order-db 1")]
    [InlineData("数据库 é 😀", "数据库 é 😀")]
    [InlineData("a\nb", "a\uFFFDb")]
    [InlineData("a\u001b[31mb", "a\uFFFD[31mb")]
    [InlineData("safe\u202etxt.exe", "safe\uFFFDtxt.exe")]
    [InlineData("a\u200bb", "a\uFFFDb")]
    [InlineData("a\u2028b", "a\uFFFDb")]
    [InlineData("a\U000E0041b", "a\uFFFDb")]
    public void A_text_keeps_what_can_be_seen(string? text, string label) => Assert.Equal(label, LabelText.Bound(text));

    [Fact]
    public void A_lone_half_of_a_pair_is_replaced() => Assert.Equal("a\uFFFDb", LabelText.Bound("a\uD800b"));

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        var text = new string('a', 199) + "😀";

        var label = LabelText.Bound(text);

        Assert.Equal(new string('a', 199), label);
    }

    [Fact]
    public void Any_text_becomes_a_short_one_that_stays_as_it_is() => Gen.String.Sample(text =>
    {
        var label = LabelText.Bound(text);

        return label.Length <= 200 && LabelText.Bound(label) == label;
    });
}
