using System.Net;

namespace JobWatcher.Tests.Alerting.Receivers.Alertmanager;

/// <summary>
/// An Alertmanager as far as its clients see it: it merges posts as the real one does, forgets alerts at a restart, but
/// remembers what people were told.
/// </summary>
internal sealed class FakeAlertmanager(TimeProvider time) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PostedAlert> _alerts = [];
    private readonly HashSet<string> _told = [];
    private readonly List<IReadOnlyList<PostedAlert>> _posts = [];
    private readonly List<string> _notifications = [];

    /// <summary>How far its clock is ahead of the machine's.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>Whether its answers carry a date.</summary>
    public bool TellsDate { get; set; } = true;

    /// <summary>Decides on a post: null to take it, an answer instead, or an exception to break off.</summary>
    public Func<IReadOnlyList<PostedAlert>, HttpResponseMessage?>? Refuses { get; set; }

    /// <summary>Called before each answer.</summary>
    public Func<Task>? BeforeAnswer { get; set; }

    public DateTimeOffset Now => time.GetUtcNow() + Ahead;

    /// <summary>All posts of alerts, taken or not.</summary>
    public IReadOnlyList<IReadOnlyList<PostedAlert>> Posts
    {
        get
        {
            lock (_lock)
            {
                return [.. _posts];
            }
        }
    }

    /// <summary>The jobs of the alerts that fire.</summary>
    public IReadOnlyList<string> Firing
    {
        get
        {
            lock (_lock)
            {
                return [.. _alerts.Values.Where(alert => alert.EndsAt > Now).Select(alert => alert.Job).Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>What people were told, such as <c>firing job-1</c>, in order.</summary>
    public IReadOnlyList<string> Notifications
    {
        get
        {
            Notify();
            lock (_lock)
            {
                return [.. _notifications];
            }
        }
    }

    /// <summary>Always the same answer.</summary>
    public static Func<IReadOnlyList<PostedAlert>, HttpResponseMessage?> With(int status, string body = "", int? retryAfter = null) => _ =>
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        if (retryAfter is { } seconds)
        {
            answer.Headers.Add("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return answer;
    };

    /// <summary>Restarts it.</summary>
    public void Restart()
    {
        Notify();
        lock (_lock)
        {
            _alerts.Clear();
        }
    }

    /// <summary>Tells people what changed.</summary>
    public void Notify()
    {
        lock (_lock)
        {
            foreach (var (identity, alert) in _alerts)
            {
                var fires = alert.EndsAt > Now;
                if (fires && _told.Add(identity))
                {
                    _notifications.Add($"firing {alert.Job}");
                }
                else if (!fires && _told.Remove(identity))
                {
                    _notifications.Add($"resolved {alert.Job}");
                }
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal("/prefix/api/v2/alerts", request.RequestUri!.AbsolutePath);
        Assert.Equal("application/json", request.Content!.Headers.ContentType!.ToString());
        var post = PostedAlert.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
        if (BeforeAnswer is { } wait)
        {
            await wait().WaitAsync(cancellationToken);
        }

        lock (_lock)
        {
            if (post.Count > 0)
            {
                _posts.Add(post);
            }

            var answer = Refuses?.Invoke(post);
            if (answer is null)
            {
                Take(post);
                answer = new HttpResponseMessage(HttpStatusCode.OK);
            }

            answer.Headers.Date = TellsDate ? Now : null;
            return answer;
        }
    }

    // The merge of provider/mem and alert.Merge.
    private void Take(IReadOnlyList<PostedAlert> post)
    {
        foreach (var alert in post)
        {
            Assert.True(alert.StartsAt <= alert.EndsAt, "An alert ends before it starts.");
            var merged = alert;
            if (_alerts.TryGetValue(alert.Identity, out var old) && Overlap(old, alert))
            {
                merged = alert with
                {
                    StartsAt = old.StartsAt < alert.StartsAt ? old.StartsAt : alert.StartsAt,
                    EndsAt = alert.EndsAt > Now || old.EndsAt <= Now ? Later(old.EndsAt, alert.EndsAt) : alert.EndsAt,
                };
            }

            _alerts[alert.Identity] = merged;
        }
    }

    private static bool Overlap(PostedAlert old, PostedAlert alert) =>
        (alert.EndsAt > old.StartsAt && alert.EndsAt < old.EndsAt) || (alert.StartsAt > old.StartsAt && alert.StartsAt < old.EndsAt);

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
