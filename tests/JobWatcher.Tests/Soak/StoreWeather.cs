using Microsoft.Data.Sqlite;

namespace JobWatcher.Tests.Soak;

/// <summary>What may befall the store.</summary>
internal enum StoreFault
{
    /// <summary>Its file is away, so that nothing can be read or written.</summary>
    IsAway,

    /// <summary>Commits that count a transition break after all else was written.</summary>
    BreaksCommits,
}

/// <summary>Faults of the watcher's own store that come and go.</summary>
internal sealed class StoreWeather(string path, Climate climate, Random random)
{
    private const int LongestMinutes = 4;

    private readonly Deck<StoreFault> _deck = new(Enum.GetValues<StoreFault>(), random);
    private readonly Dictionary<StoreFault, int> _failedPolls = [];
    private readonly Lock _lock = new();
    private StoreFault? _inForce;
    private int _minutes;

    /// <summary>What is in force; null while the store is well.</summary>
    public StoreFault? InForce
    {
        get
        {
            lock (_lock)
            {
                return _inForce;
            }
        }
    }

    /// <summary>How many polls failed under a fault of the store.</summary>
    public int FailedPolls => _failedPolls.Values.Sum();

    /// <summary>The faults that failed no poll.</summary>
    public IEnumerable<string> Untried => Enum.GetValues<StoreFault>().Except(_failedPolls.Keys).Select(fault => $"{fault}");

    /// <summary>A minute goes by.</summary>
    public void Turn()
    {
        if (InForce is null)
        {
            if (random.NextDouble() < climate.StoreFaults)
            {
                Put(_deck.Deal());
                _minutes = random.Next(1, LongestMinutes + 1);
            }
        }
        else if (--_minutes == 0)
        {
            Clear();
        }
    }

    /// <summary>The store is well from now on.</summary>
    public void Clear()
    {
        if (InForce == StoreFault.IsAway)
        {
            File.Move(Away, path);
        }
        else if (InForce == StoreFault.BreaksCommits)
        {
            Execute("DROP TRIGGER breaks");
        }

        Set(null);
    }

    /// <summary>A poll failed under a fault of the store, and of nothing else.</summary>
    public void Failed(StoreFault fault)
    {
        lock (_lock)
        {
            _failedPolls[fault] = _failedPolls.GetValueOrDefault(fault) + 1;
        }
    }

    private string Away => path + ".away";

    private void Put(StoreFault fault)
    {
        if (fault == StoreFault.IsAway)
        {
            File.Move(path, Away);
        }
        else
        {
            Execute("CREATE TRIGGER breaks BEFORE INSERT ON counters BEGIN SELECT RAISE(ABORT, 'broken'); END");
        }

        Set(fault);
    }

    private void Set(StoreFault? fault)
    {
        lock (_lock)
        {
            _inForce = fault;
        }
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadWrite;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
