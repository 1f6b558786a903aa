using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Polling.Targets;

/// <summary>
/// Rule L2 of the protocol: a listing that lacks as many jobs three times in a row shows the server's own error. From then
/// on it counts as covering, and disappearances rest on look-ups alone.
/// </summary>
internal sealed class SteadyShortfall
{
    private const int TimesToBelieve = 3;

    private int _last;
    private int _times;

    /// <summary>Takes in a listing; true when its shortfall is the server's own error.</summary>
    public bool IsServersOwn(Listing listing)
    {
        var shortfall = listing.TotalCount - listing.Listed;
        _times = listing.IsComplete || shortfall == 0 ? 0 : shortfall == _last ? _times + 1 : 1;
        _last = shortfall;
        return _times >= TimesToBelieve;
    }
}
