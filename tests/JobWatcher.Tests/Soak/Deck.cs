namespace JobWatcher.Tests.Soak;

/// <summary>Deals what there is in a random order, and nothing twice before all has had its turn.</summary>
internal sealed class Deck<T>(IReadOnlyList<T> all, Random random)
{
    private readonly Queue<T> _left = [];

    public T Deal()
    {
        if (_left.Count == 0)
        {
            var shuffled = all.ToArray();
            random.Shuffle(shuffled);
            foreach (var one in shuffled)
            {
                _left.Enqueue(one);
            }
        }

        return _left.Dequeue();
    }
}
