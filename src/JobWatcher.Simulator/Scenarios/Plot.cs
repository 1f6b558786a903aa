using System.Globalization;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Scenarios;

/// <summary>Decides how a job goes: which statuses it has from when on, and what progress it tells.</summary>
internal sealed class Plot(Random random, DateTimeOffset begin)
{
    /// <summary>Jobs that hang stay for ever, so there are only so many.</summary>
    private const int MostHanging = 5;

    private readonly ShuffleBag<Outcome> outcomes = new(random,
    [
        .. Enumerable.Repeat(Outcome.Completes, 27),
        .. Enumerable.Repeat(Outcome.CompletesLate, 2),
        .. Enumerable.Repeat(Outcome.Fails, 5),
        Outcome.CanceledWhilePending,
        Outcome.CanceledWhileRunning,
        Outcome.AuthorizedAndCompletes,
        Outcome.AuthorizationDenied,
        Outcome.Hangs,
    ]);

    private readonly ShuffleBag<string> reasons = new(random, FailReasons.All);
    private int hanging;

    public IReadOnlyList<JobPhase> Phases(JobKind kind, DateTimeOffset created)
    {
        var outcome = outcomes.Draw();
        if (outcome == Outcome.Hangs && !MayHang(created))
        {
            outcome = Outcome.Fails;
        }

        var phases = new List<JobPhase> { new(created, JobStatuses.Pending, "") };
        var started = created + (outcome switch
        {
            Outcome.CanceledWhilePending => Minutes(5, 40),
            Outcome.CompletesLate => Minutes(30, 90),
            _ => Seconds(1, 30),
        });
        if (outcome is Outcome.AuthorizedAndCompletes or Outcome.AuthorizationDenied)
        {
            phases.Add(new JobPhase(started, JobStatuses.Unauthorized, ""));
            started += Minutes(3, 30);
        }

        if (outcome is Outcome.CanceledWhilePending or Outcome.AuthorizationDenied)
        {
            phases.Add(new JobPhase(started, JobStatuses.Canceled, ""));
            return phases;
        }

        phases.AddRange(Work(started, Seconds(kind.Shortest.TotalSeconds, kind.Longest.TotalSeconds), outcome));
        return phases;
    }

    private IEnumerable<JobPhase> Work(DateTimeOffset started, TimeSpan duration, Outcome outcome)
    {
        var done = outcome is Outcome.Completes or Outcome.CompletesLate or Outcome.AuthorizedAndCompletes
            ? 1
            : 0.1 + (0.8 * random.NextDouble());
        var notation = random.Next(3);
        var steps = Math.Clamp((int)(duration.TotalSeconds / 30), 1, 10);
        for (var step = 0; step < steps && step < steps * done; step++)
        {
            yield return new JobPhase(
                started + (duration * step / steps),
                JobStatuses.Running,
                Progress(notation, 100 * step / steps));
        }

        var ended = started + (duration * done);
        if (outcome == Outcome.Fails)
        {
            yield return new JobPhase(ended, JobStatuses.Failed, "", reasons.Draw());
        }
        else if (outcome != Outcome.Hangs)
        {
            yield return new JobPhase(
                ended, outcome == Outcome.CanceledWhileRunning ? JobStatuses.Canceled : JobStatuses.Completed, "");
        }
    }

    private bool MayHang(DateTimeOffset created)
        => hanging < Math.Min(MostHanging, 1 + (int)(created - begin).TotalDays) && ++hanging > 0;

    private static string Progress(int notation, int percent) => notation switch
    {
        0 => "",
        1 => percent.ToString(CultureInfo.InvariantCulture),
        _ => percent.ToString(CultureInfo.InvariantCulture) + "%",
    };

    private TimeSpan Seconds(double least, double most)
        => TimeSpan.FromSeconds(least + ((most - least) * random.NextDouble()));

    private TimeSpan Minutes(double least, double most) => Seconds(least * 60, most * 60);
}
