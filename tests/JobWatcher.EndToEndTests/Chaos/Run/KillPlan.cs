namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>
/// In what order which kinds of ends come. Each kind has its share in every 15, shuffled by a seed; one that was missed
/// comes again, beyond its share.
/// </summary>
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

    // Where more are missed, something else is wrong.
    private const int MostRepeats = 5;

    private readonly Queue<KillMoment> _left = [];
    private readonly Queue<KillMoment> _missed = [];

    /// <summary>How many ends come again.</summary>
    public int Repeats { get; private set; }

    /// <summary>The next end.</summary>
    public KillMoment Next()
    {
        if (_missed.TryDequeue(out var missed))
        {
            return missed;
        }

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

    /// <summary>Puts a moment that a process was to end at, and that did not come, before all others; up to a bound.</summary>
    public void Repeat(KillMoment moment)
    {
        if (Repeats < MostRepeats)
        {
            Repeats++;
            _missed.Enqueue(moment);
        }
    }
}
