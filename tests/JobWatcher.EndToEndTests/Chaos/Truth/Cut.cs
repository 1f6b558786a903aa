namespace JobWatcher.EndToEndTests.Chaos.Truth;

/// <summary>A time in which the cloud answered no request.</summary>
/// <param name="Target">The target that it was about; null for all.</param>
/// <param name="Began">From when on.</param>
/// <param name="Ended">Until when.</param>
internal sealed record Cut(string? Target, DateTimeOffset Began, DateTimeOffset Ended)
{
    /// <summary>Whether a poll was asked and failed within it: what nobody met was no cut.</summary>
    public bool IsMetBy(TargetTruth target, IEnumerable<Poll> polls) => (Target ?? target.Name) == target.Name
        && target.Answers.Where(answer => IsWithin(answer.Time)).All(answer => !answer.IsWhole)
        && polls.Any(poll => poll is { End.IsTaken: false, Answers: [var first, ..] } && IsWithin(first.Time) && IsWithin(poll.Answers[^1].Time));

    private bool IsWithin(DateTimeOffset time) => Began < time && time < Ended;
}
