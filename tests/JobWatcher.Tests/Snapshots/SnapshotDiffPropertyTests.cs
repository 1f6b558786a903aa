using CsCheck;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;

namespace JobWatcher.Tests.Snapshots;

public sealed class SnapshotDiffPropertyTests
{
    [Fact]
    public void Every_change_between_two_sights_of_a_job_is_reported_exactly_once() =>
        CloudModel.AnyHistory.Sample(history =>
        {
            var last = new Dictionary<string, JobStatus>();
            foreach (var poll in CloudModel.Run(history))
            {
                var steps = poll.Changes.Transitions.ToLookup(step => step.Job.JobId);
                foreach (var (id, job) in poll.Seen)
                {
                    if (last.TryGetValue(id, out var before))
                    {
                        var expected = before == job.Status ? [] : new[] { (before, job.Status) };
                        Assert.Equal(expected, steps[id].Select(step => (step.From, step.To)));
                    }

                    last[id] = job.Status;
                }

                foreach (var step in poll.Changes.Transitions.Where(step => step.To == Transition.NotListed))
                {
                    Assert.Equal(last[step.Job.JobId], step.From);
                    last[step.Job.JobId] = Transition.NotListed;
                }

                Assert.All(steps, of => Assert.Single(of));
            }
        });

    [Fact]
    public void The_transitions_of_a_job_form_a_chain() => CloudModel.AnyHistory.Sample(history =>
    {
        var chains = CloudModel.Run(history)
            .SelectMany(poll => poll.Changes.Transitions)
            .GroupBy(step => step.Job.JobId);

        return chains.All(chain => chain.Zip(chain.Skip(1)).All(pair => pair.First.To == pair.Second.From));
    });

    [Fact]
    public void A_job_that_was_there_before_the_watch_began_and_never_changed_is_never_reported() =>
        CloudModel.AnyHistory.Sample(history =>
        {
            var polls = CloudModel.Run(history);
            var watchFrom = polls.Count > 0 ? polls[0].Observation.CloudTime : default;

            var unchanged = polls
                .SelectMany(poll => poll.Seen.Values)
                .GroupBy(job => job.JobId)
                .Where(sights => sights.Select(job => job.Status).Distinct().Count() == 1)
                .Select(sights => sights.First())
                .Where(job => (job.EndedTime ?? job.CreatedTime) < watchFrom)
                .Select(job => job.JobId);
            var reported = polls
                .SelectMany(poll => poll.Changes.Transitions)
                .GroupBy(step => step.Job.JobId)
                .Where(steps => steps.First().To != Transition.NotListed)
                .Select(steps => steps.Key);

            return !reported.Intersect(unchanged).Any();
        });

    [Fact]
    public void A_job_that_appeared_after_the_watch_began_is_reported_at_first_sight() =>
        CloudModel.AnyHistory.Sample(history =>
        {
            var known = new HashSet<string>();
            DateTimeOffset? begun = null;
            foreach (var poll in CloudModel.Run(history))
            {
                begun ??= poll.Changes.Next.WatchFrom;
                foreach (var job in poll.Seen.Values.Where(job => known.Add(job.JobId)))
                {
                    var isNew = job.CreatedTime > begun;
                    Assert.True(!isNew || poll.Changes.Transitions.Any(step =>
                        step.Job == job && step.From == Transition.NotListed && step.To == job.Status));
                }
            }
        });

    [Fact]
    public void Nothing_is_concluded_from_what_an_incomplete_listing_lacks() => CloudModel.AnyHistory.Sample(history =>
        CloudModel.Run(history)
            .Where(poll => !poll.Observation.Listing.IsComplete)
            .All(poll => poll.Changes.Written.All(row => poll.Seen.ContainsKey(row.Job.JobId))));

    [Fact]
    public void The_same_observation_again_changes_nothing_of_what_it_shows() => CloudModel.AnyHistory.Sample(history =>
    {
        foreach (var poll in CloudModel.Run(history))
        {
            var again = SnapshotDiff.Compute(poll.Changes.Next, poll.Observation);

            Assert.DoesNotContain(again.Transitions, step => poll.Seen.ContainsKey(step.Job.JobId));
            Assert.DoesNotContain(again.Written, row => poll.Seen.ContainsKey(row.Job.JobId));
        }
    });

    [Fact]
    public void The_order_of_a_listing_does_not_matter() =>
        Gen.Select(CloudModel.AnyHistory, Gen.Int).Sample((history, seed) =>
        {
            foreach (var poll in CloudModel.Run(history))
            {
                var jobs = poll.Observation.Listing.Jobs.ToArray();
                new Random(seed).Shuffle(jobs);
                var shuffled = poll.Observation with { Listing = poll.Observation.Listing with { Jobs = jobs } };

                var changes = SnapshotDiff.Compute(poll.Before, shuffled);

                Assert.Equal(poll.Changes.Transitions, changes.Transitions);
                Assert.Equal(poll.Changes.Written, changes.Written);
                Assert.Equal(
                    poll.Changes.Next.Jobs.OrderBy(row => row.Key), changes.Next.Jobs.OrderBy(row => row.Key));
            }
        });
}
