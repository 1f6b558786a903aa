namespace JobWatcher.EndToEndTests.Chaos.Logs;

/// <summary>An event that tells the beginning or the end of an outage of a target.</summary>
/// <param name="Process">Who told it.</param>
/// <param name="IsEnd">Whether it tells the end.</param>
/// <param name="Time">When.</param>
/// <param name="Since">When the first poll that failed began, as told.</param>
/// <param name="Lasted">How long the outage had lasted, as told.</param>
internal sealed record ToldOutage(ProcessLog Process, bool IsEnd, DateTimeOffset Time, DateTimeOffset Since, TimeSpan Lasted)
{
    private const string Begins = "TargetUnreachable";
    private const string Ends = "TargetRecovered";

    /// <summary>What all processes told of a target, in order.</summary>
    public static IEnumerable<ToldOutage> Of(string target, IEnumerable<ProcessEvents> processes) =>
        from process in processes
        from logged in process.Events
        where logged.Name is Begins or Ends && logged.Text("Target") == target
        select new ToldOutage(
            process.Process,
            logged.Name == Ends,
            logged.Time("@t")!.Value,
            // The store keeps milliseconds, which is what the next process tells.
            DateTimeOffset.FromUnixTimeMilliseconds(logged.Time("Since")!.Value.ToUnixTimeMilliseconds()),
            TimeSpan.FromSeconds(logged.Number("OutageSeconds")!.Value));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{(IsEnd ? Ends : Begins)} at {Time:HH:mm:ss.fff} since {Since:HH:mm:ss.fff} after {Lasted.TotalSeconds} s by {Process}");
}
