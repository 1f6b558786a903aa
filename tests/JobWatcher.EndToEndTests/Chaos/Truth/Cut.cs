namespace JobWatcher.EndToEndTests.Chaos.Truth;

/// <summary>A time in which the cloud answered no request.</summary>
/// <param name="Target">The target that it was about; null for all.</param>
/// <param name="Began">From when on.</param>
/// <param name="Ended">Until when.</param>
internal sealed record Cut(string? Target, DateTimeOffset Began, DateTimeOffset Ended)
{
    // Fewer are made good by the attempts of one request.
    private const int LeastRequests = 3;

    /// <summary>Whether requests were made within it and none was answered: what nobody met was no cut.</summary>
    public bool IsMetBy(TargetTruth target) => (Target ?? target.Name) == target.Name
        && target.Answers.Where(answer => Began < answer.Time && answer.Time < Ended).ToList() is { Count: >= LeastRequests } asked
        && asked.TrueForAll(answer => !answer.IsWhole);
}
