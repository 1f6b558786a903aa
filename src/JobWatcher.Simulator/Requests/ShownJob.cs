namespace JobWatcher.Simulator.Requests;

/// <summary>A job as one answer showed it.</summary>
/// <param name="JobId">Its id.</param>
/// <param name="Status">As it was sent.</param>
internal sealed record ShownJob(string JobId, string? Status);
