namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>In what order which kinds of ends come. Each kind has its share in every 15, shuffled by a seed.</summary>
internal sealed class KillPlan(Random random)
{
    private static readonly KillMoment[] Share =
    [
        KillMoment.Starting, KillMoment.Starting, KillMoment.Starting, KillMoment.Starting,
        KillMoment.AtRandom, KillMoment.AtRandom,
        KillMoment.AfterRequest, KillMoment.AfterRequest,
        KillMoment.Committing, KillMoment.Committing,
        KillMoment.AfterEvent, KillMoment.AfterEvent,
        KillMoment.OutputUnread, KillMoment.Stopping, KillMoment.Stopped,
    ];

    private readonly Queue<KillMoment> _left = [];

    /// <summary>The next end.</summary>
    public KillMoment Next()
    {
        if (_left.Count == 0)
        {
            var shuffled = Share.ToArray();
#pragma warning disable CA5394 // A seed that can be given again is the point.
            random.Shuffle(shuffled);
#pragma warning restore CA5394
            Array.ForEach(shuffled, _left.Enqueue);
        }

        return _left.Dequeue();
    }
}
