namespace JobWatcher.Simulator.Faults;

/// <summary>What the numbers of a fault may be.</summary>
public sealed partial record Fault
{
    /// <exception cref="ArgumentOutOfRangeException">A number makes no sense.</exception>
    internal void CheckBounds()
    {
        if (Status is < 200 or > 599)
        {
            throw new ArgumentOutOfRangeException(nameof(Status), Status, "A final status is from 200 to 599.");
        }

        (string Name, double? Value)[] numbers =
        [
            (nameof(Skip), Skip),
            (nameof(Count), Count),
            (nameof(Latency), Latency?.TotalSeconds),
            (nameof(RetryAfterSeconds), RetryAfterSeconds),
            (nameof(TruncateAfterBytes), TruncateAfterBytes),
            (nameof(DripBytes), DripBytes - 1),
            (nameof(DripInterval), DripInterval?.TotalSeconds),
            (nameof(MalformedJobs), MalformedJobs),
            (nameof(InsertAfterPage), InsertAfterPage),
            (nameof(RemoveAfterPage), RemoveAfterPage),
            (nameof(PageSize), PageSize),
            (nameof(Lag), Lag?.TotalSeconds),
        ];
        if (numbers.FirstOrDefault(number => number.Value < 0) is { Name: { } name })
        {
            throw new ArgumentOutOfRangeException(name, "A fault's number is too small.");
        }
    }
}
