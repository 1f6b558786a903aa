using JobWatcher.EndToEndTests.Chaos.Logs;

namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>A run whose kills missed their moments proves nothing.</summary>
public sealed class MomentFiguresTests
{
    private readonly List<ProcessLog> _processes =
        [.. Enum.GetValues<KillMoment>().Select(moment => EndedAt(moment)), EndedAt(null)];

    [Fact]
    public void Moments_that_were_all_met_will_do()
    {
        Assert.True(MomentFigures.Of(_processes).AreMet);
        Assert.Contains("Committing 1 of 1", MomentFigures.Of(_processes).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_moment_that_was_never_tried_will_not()
    {
        _processes.RemoveAll(process => process.Moment is KillMoment.Committing);

        Assert.False(MomentFigures.Of(_processes).AreMet);
    }

    [Fact]
    public void A_moment_that_was_tried_and_never_met_will_not()
    {
        _processes[(int)KillMoment.Committing] = _processes[(int)KillMoment.Committing] with { IsMomentMet = false };

        Assert.False(MomentFigures.Of(_processes).AreMet);
    }

    [Fact]
    public void Moments_that_were_missed_too_often_will_not()
    {
        _processes.AddRange(Enumerable.Repeat(EndedAt(KillMoment.AfterEvent) with { IsMomentMet = false }, 5));

        Assert.False(MomentFigures.Of(_processes).AreMet);
    }

    private static ProcessLog EndedAt(KillMoment? moment) => new()
    {
        Number = 1,
        AccessKey = "key",
        Started = DateTimeOffset.UnixEpoch,
        Ended = DateTimeOffset.UnixEpoch,
        End = "killed",
        Moment = moment,
        IsMomentMet = true,
        WasAskedToStop = false,
        ExitCode = ProcessLog.Killed,
        Output = "",
    };
}
