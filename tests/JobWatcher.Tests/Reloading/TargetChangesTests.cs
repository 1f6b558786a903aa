using JobWatcher.Configuration.Credentials;
using JobWatcher.Planning;
using JobWatcher.Reloading;
using JobWatcher.Tests.Polling;

namespace JobWatcher.Tests.Reloading;

public sealed class TargetChangesTests
{
    private static readonly PlannedTarget Prod = Planned("prod");

    [Fact]
    public void The_same_configuration_read_again_touches_no_target() => Assert.Empty(NamesOf([Prod], [Planned("prod")]));

    [Fact]
    public void The_order_of_targets_means_nothing() =>
        Assert.Empty(NamesOf([Prod, Planned("test")], [Planned("test"), Planned("prod")]));

    [Fact]
    public void Targets_come_go_and_change_each_by_its_name() => Assert.Equal(
        ["+new", "-old", "~prod"],
        NamesOf([Prod, Planned("old"), Planned("same")], [Slower(Prod), Planned("same"), Planned("new")]));

    [Fact]
    public void A_renamed_target_is_a_removed_and_a_new_one() =>
        Assert.Equal(["+live", "-prod"], NamesOf([Prod], [Prod with { Target = Prod.Target with { Name = "live" } }]));

    [Fact]
    public void The_order_of_job_names_and_labels_means_nothing()
    {
        var before = Planned("prod", ["a", "b"], new() { ["x"] = "1", ["y"] = "2" });
        var after = Planned("prod", ["b", "a"], new() { ["y"] = "2", ["x"] = "1" });

        Assert.Empty(NamesOf([before], [after]));
    }

    [Fact]
    public void A_secret_in_a_file_is_the_same_whatever_the_file_holds() =>
        Assert.Empty(NamesOf([With(new("old", "/run/token"))], [With(new("new", "/run/token"))]));

    [Fact]
    public void Another_secret_inline_or_in_another_file_is_a_change()
    {
        Assert.Equal(["~prod"], NamesOf([With(new("old"))], [With(new("new"))]));
        Assert.Equal(["~prod"], NamesOf([With(new("old", "/run/token"))], [With(new("old", "/run/other"))]));
        Assert.Equal(["~prod"], NamesOf([With(new("old", "/run/token"))], [With(new("old"))]));
        Assert.Empty(NamesOf([With(new("old"))], [With(new("old"))]));
    }

    public static TheoryData<string> Changes => [.. Changed.Keys];

    private static Dictionary<string, PlannedTarget> Changed { get; } = new(StringComparer.Ordinal)
    {
        ["project"] = Prod with { Target = Prod.Target with { ProjectId = "719d3e78f61b4be68bc5aa0b59edcf7b" } },
        ["region"] = Prod with { Target = Prod.Target with { Region = "cn-east-3" } },
        ["endpoint"] = Prod with { Target = Prod.Target with { Endpoint = new Uri("https://elsewhere.example.com") } },
        ["credentials"] = Prod with { Target = Prod.Target with { Credentials = "other" } },
        ["interval"] = Slower(Prod),
        ["pollTimeout"] = Prod with { Target = Prod.Target with { PollTimeout = TimeSpan.FromMinutes(1) } },
        ["unknownAfter"] = Prod with { Target = Prod.Target with { UnknownAfter = TimeSpan.FromMinutes(9) } },
        ["jobNames"] = Planned("prod", ["RebootGaussDBforMySQLInstance"]),
        ["labels"] = Planned("prod", labels: new() { ["team"] = "orders" }),
        ["label added"] = Planned("prod", labels: new() { ["team"] = "payments", ["stage"] = "live" }),
        ["jobNameLimit"] = Prod with { Target = Prod.Target with { JobNameLimit = 5 } },
        ["iamEndpoint"] = Prod with { IamEndpoint = new Uri("https://iam.example.com") },
        ["caFile"] = Prod with { CaFile = "/etc/ca.pem" },
        ["requestTimeout"] = Prod with { RequestTimeout = TimeSpan.FromSeconds(3) },
        ["language"] = Prod with { Language = "zh-cn" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Whatever_else_differs_is_a_change(string key) => Assert.Equal(["~prod"], NamesOf([Prod], [Changed[key]]));

    private static PlannedTarget Slower(PlannedTarget planned) =>
        planned with { Target = planned.Target with { Interval = 2 * planned.Target.Interval } };

    private static PlannedTarget With(SecretConfiguration secret) => Prod with { Credentials = new TokenConfiguration(secret) };

    private static PlannedTarget Planned(
        string name, IEnumerable<string>? jobNames = null, Dictionary<string, string>? labels = null) => new()
    {
        Target = WatchRig.TargetNamed(name) with
        {
            JobNames = [.. jobNames ?? []],
            Labels = labels ?? new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "payments" },
        },
        Credentials = new TokenConfiguration(new SecretConfiguration("token")),
    };

    private static IEnumerable<string> NamesOf(IReadOnlyList<PlannedTarget> before, IReadOnlyList<PlannedTarget> after)
    {
        var changes = TargetChanges.Between(before, after);
        return
        [
            .. changes.Added.Select(planned => "+" + planned.Target.Name),
            .. changes.Removed.Select(name => "-" + name),
            .. changes.Changed.Select(planned => "~" + planned.Target.Name),
        ];
    }
}
