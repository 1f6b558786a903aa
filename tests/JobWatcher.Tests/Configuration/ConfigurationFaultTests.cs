using CsCheck;
using JobWatcher.Configuration;
using JobWatcher.Text;

namespace JobWatcher.Tests.Configuration;

public sealed class ConfigurationFaultTests
{
    [Fact]
    public void A_fault_is_one_line_with_place_key_value_and_way_out()
    {
        var fault = new ConfigurationFault(
            new Place("jobwatcher.yaml", 0, 12, 15), "targets[0].interval", "5x",
            "is not a duration; write it like 30s, 5m or 1h30m");

        Assert.Equal(
            "jobwatcher.yaml:12:15: targets[0].interval: \"5x\" is not a duration; write it like 30s, 5m or 1h30m",
            fault.ToString());
    }

    [Fact]
    public void A_fault_of_a_whole_source_names_neither_line_nor_key() =>
        Assert.Equal("a.yaml: is missing", new ConfigurationFault(new Place("a.yaml", 0), "", null, "is missing").ToString());

    [Fact]
    public void A_long_value_is_shortened()
    {
        var fault = new ConfigurationFault(new Place("a.yaml", 0, 1, 1), "k", new string('x', 61), "is long");

        Assert.Equal($"a.yaml:1:1: k: \"{new string('x', 60)}…\" is long", fault.ToString());
    }

    [Fact]
    public void A_character_of_two_halves_is_not_cut_in_half()
    {
        var quoted = FaultText.Quote(new string('x', 59) + "😀y");

        Assert.Equal($"\"{new string('x', 59)}…\"", quoted);
    }

    [Theory]
    [InlineData("a\nb", @"a\u000ab")]
    [InlineData("\u001b[31m", @"\u001b[31m")]
    [InlineData("a\u202Eb", @"a\u202eb")]
    [InlineData("\U000E0041", @"\udb40\udc41")]
    [InlineData("grün 😀", "grün 😀")]
    public void What_hides_or_moves_text_is_escaped(string text, string visible) =>
        Assert.Equal(visible, FaultText.Visible(text));

    // xUnit passes half a character on as another one.
    [Fact]
    public void Half_a_character_is_escaped() => Assert.Equal(@"a\ud800b", FaultText.Visible("a\uD800b"));

    [Fact]
    public void A_name_in_a_message_is_made_visible_too() =>
        Assert.Equal(
            @"a.yaml: there are x\u001b[2J", new ConfigurationFault(new Place("a.yaml", 0), "", null, "there are x\u001b[2J").ToString());

    [Fact]
    public void Whatever_it_is_made_of_a_fault_is_one_line_without_hidden_characters() =>
        Gen.Select(Gen.String, Gen.String, Gen.String, Gen.String).Sample((source, key, value, message) =>
        {
            var line = new ConfigurationFault(new Place(source, 0, 1, 1), key, value, message).ToString();

            return FaultText.FirstHidden(line) is null;
        });
}
