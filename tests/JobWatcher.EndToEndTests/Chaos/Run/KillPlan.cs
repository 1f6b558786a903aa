namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>In what order which kinds of ends come. Each kind has its share in every 25 or so, shuffled by a seed.</summary>
internal sealed class KillPlan(Random random)
{
    private static readonly KillMoment[] Share =
    [
        .. Enumerable.Repeat(KillMoment.Starting, 6),
        .. Enumerable.Repeat(KillMoment.AtRandom, 5),
        .. Enumerable.Repeat(KillMoment.AfterRequest, 6),
        .. Enumerable.Repeat(KillMoment.AfterEvent, 4),
        KillMoment.OutputUnread,
        .. Enumerable.Repeat(KillMoment.Stopping, 2),
        KillMoment.Stopped,
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
