
namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>Cuts what is to be posted into requests of bounded size.</summary>
internal static class AlertBatches
{
    /// <summary>The most alerts of a request: as many as Prometheus sends.</summary>
    public const int MostAlerts = 256;

    /// <summary>The most bytes of a request, unless a single alert is larger.</summary>
    public const int MostBytes = 512 * 1024;

    /// <summary>Cuts posts into batches, each of which is written when it is asked for.</summary>
    public static IEnumerable<IReadOnlyList<WrittenPost>> Of(IEnumerable<PlannedPost> posts, Func<PlannedPost, byte[]> write)
    {
        var batch = new List<WrittenPost>();
        var bytes = 0;
        foreach (var post in posts)
        {
            var written = new WrittenPost(post, write(post));
            if (batch.Count == MostAlerts || (batch.Count > 0 && bytes + written.Json.Length > MostBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(written);
            bytes += written.Json.Length;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>The body of a request.</summary>
    public static byte[] Join(IReadOnlyList<WrittenPost> batch)
    {
        using var body = new MemoryStream(batch.Sum(post => post.Json.Length + 1) + 2);
        body.WriteByte((byte)'[');
        for (var i = 0; i < batch.Count; i++)
        {
            if (i > 0)
            {
                body.WriteByte((byte)',');
            }

            body.Write(batch[i].Json);
        }

        body.WriteByte((byte)']');
        return body.ToArray();
    }
}

/// <summary>An alert as it is posted.</summary>
internal readonly record struct WrittenPost(PlannedPost Post, byte[] Json);
