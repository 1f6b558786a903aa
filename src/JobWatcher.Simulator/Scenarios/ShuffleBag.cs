namespace JobWatcher.Simulator.Scenarios;

/// <summary>Draws at random, yet all items before any comes again: rare things do occur.</summary>
internal sealed class ShuffleBag<T>(Random random, IReadOnlyList<T> items)
{
    private readonly Queue<T> left = new();

    public T Draw()
    {
        if (left.Count == 0)
        {
            var shuffled = items.ToArray();
            random.Shuffle(shuffled);
            shuffled.ToList().ForEach(left.Enqueue);
        }

        return left.Dequeue();
    }
}
