using JobWatcher.Snapshots;

namespace JobWatcher.Tests.Polling.Windows;

/// <summary>What a history led to.</summary>
/// <param name="Rig">The watcher.</param>
/// <param name="Cloud">The cloud.</param>
/// <param name="RestartsInDoubt">How many restarts came while a backward step was in doubt.</param>
/// <param name="LostCommits">How many commits were written, and not known to be.</param>
internal sealed record HistoryRun(WatchRig Rig, ModelCloud Cloud, int RestartsInDoubt, int LostCommits)
{
    /// <summary>How often each thing came about that makes a history worth a verdict.</summary>
    public IEnumerable<(string What, int Times)> Reached()
    {
        var chains = Rig.Store.Log.Select(step => step.Transition).GroupBy(step => step.Job.JobId).Select(chain => chain.ToList()).ToList();
        var steps = chains.SelectMany(chain => chain).ToList();
        return
        [
            ("backward step", steps.Count(step => step.From.IsEnded && step.To.IsOpen)),
            ("vanished", steps.Count(step => step.To == Transition.NotListed)),
            ("returned", chains.Sum(chain => chain.Skip(1).Count(step => step.From == Transition.NotListed))),
            ("restart in doubt", RestartsInDoubt),
            ("failed listing", Cloud.Failures),
            ("failed second listing", Cloud.SecondFailures),
            ("refused commit", Rig.Log.Names.Count(name => name == nameof(EventIds.CommitRefused))),
            ("store fault", Rig.Log.Names.Count(name => name == nameof(EventIds.StoreUnavailable))),
            ("lost commit", LostCommits),
        ];
    }
}
