using System.Text.RegularExpressions;

namespace JobWatcher.Tests;

/// <summary>Holds <c>docs/reliability.md</c> together with <c>docs/protocol.md</c>, the code and the tests.</summary>
public sealed partial class ReliabilityPageTests
{
    private static readonly string Page = ReferencePage.Read("reliability.md");

    [Fact]
    public void Each_rule_of_the_protocol_has_an_entry()
    {
        var told = Entries().Select(entry => entry.Groups["name"].Value).Where(name => RuleName().IsMatch(name));

        Assert.Equal(Rules(), told);
    }

    [Fact]
    public void Each_rule_that_the_code_cites_is_one_of_the_protocol()
    {
        var cited = ReferencePage.Files("src", "*.cs").Concat(ReferencePage.Files("tests", "*.cs"))
            .SelectMany(file => Citation().Matches(File.ReadAllText(file)))
            .SelectMany(citation => RuleName().Matches(citation.Value), (_, name) => name.Value);

        Assert.Subset(Rules().ToHashSet(StringComparer.Ordinal), cited.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_entry_names_tests_and_there_are_such()
    {
        var methods = ReferencePage.Files("tests", "*Tests.cs").ToLookup(
            file => Path.GetFileNameWithoutExtension(file),
            file => TestMethod().Matches(File.ReadAllText(file)).Select(method => method.Groups["name"].Value),
            StringComparer.Ordinal);

        Assert.All(Entries(), entry =>
        {
            var tests = Test().Matches(entry.Value);
            Assert.NotEmpty(tests);
            Assert.All(tests, test => Assert.Contains(
                test.Groups["method"].Value, methods[test.Groups["class"].Value].SelectMany(names => names)));
        });
    }

    [Fact]
    public void Each_mechanism_that_is_named_is_in_the_code()
    {
        var code = ReferencePage.Files("src", "*.cs")
            .Select(file => '/' + Path.ChangeExtension(file, null).Replace('\\', '/') + '/')
            .ToList();

        var named = Entries()
            .SelectMany(entry => Place().Matches(entry.Groups["text"].Value))
            .Select(place => place.Groups["path"].Value);

        Assert.All(named, path => Assert.Contains(code, file => file.Contains($"/{path}/", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Rules() =>
        Rule().Matches(ReferencePage.Read("protocol.md")).Select(rule => rule.Groups["name"].Value);

    private static MatchCollection Entries() => Entry().Matches(Page);

    [GeneratedRegex(@"^\| (?<name>[A-Z]\d) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rule();

    [GeneratedRegex(@"\b[A-Z]\d\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RuleName();

    [GeneratedRegex(@"\b[Rr]ules? [A-Z]\d( and [A-Z]\d)?\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Citation();

    // An entry's text, then its tests, one a line.
    [GeneratedRegex(
        @"^- \*\*(?<name>[^*]+)\*\*(?<text>.*(\n  [^-].*)*)(\n  - .*)*",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^  - `(?<class>\w+)\.(?<method>\w+)`$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Test();

    [GeneratedRegex(@"\[(Fact|Theory)\b(?s:.*?)\bpublic [\w<> ]+ (?<name>\w+)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"`(?<path>[A-Z]\w+(/\w+)*)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
