using System.Globalization;
using CsCheck;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Snapshots;

/// <summary>Rule D6 of the protocol.</summary>
public sealed class TransitionIdTests
{
    private const string Region = "cn-north-4";
    private const string Project = "619d3e78f61b4be68bc5aa0b59edcf7b";

    private static readonly Transition Step = new()
    {
        Job = Job("31a4c5ff-1b5a-4c5e-9f0e-3f0d1f0a0001", JobStatus.Running),
        From = JobStatus.Pending,
        To = JobStatus.Running,
        ObservedTime = Noon,
    };

    // printf, each text after its length in four bytes, the count in eight, into sha256sum: what is stored must stay.
    [Fact]
    public void The_id_of_a_step_never_changes_between_versions() =>
        Assert.Equal("ac30b3d1d16b5acaa16ac74f3368f943", TransitionId.Of(Region, Project, Step, occurrence: 1).Value);

    [Fact]
    public void Each_part_of_the_identity_changes_the_id()
    {
        TransitionId[] ids =
        [
            TransitionId.Of(Region, Project, Step, 1),
            TransitionId.Of("cn-north-1", Project, Step, 1),
            TransitionId.Of(Region, "519d3e78f61b4be68bc5aa0b59edcf7b", Step, 1),
            TransitionId.Of(Region, Project, Step with { Job = Step.Job with { JobId = "another" } }, 1),
            TransitionId.Of(Region, Project, Step with { From = Transition.NotListed }, 1),
            TransitionId.Of(Region, Project, Step with { To = JobStatus.Completed }, 1),
            TransitionId.Of(Region, Project, Step, 2),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void What_is_only_told_of_the_job_does_not_change_the_id()
    {
        var told = Step with
        {
            Job = Step.Job with { InstanceName = "renamed", Process = "70%" },
            ObservedTime = Noon.AddDays(1),
        };

        Assert.Equal(TransitionId.Of(Region, Project, Step, 1), TransitionId.Of(Region, Project, told, 1));
    }

    [Fact]
    public void Fields_that_share_a_boundary_have_ids_of_their_own() =>
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8]).Sample((left, right) =>
        {
            const string Text = "aaaaaaaa";

            var one = TransitionId.Of(Text[..left], Text[left..], Step, 1);
            var other = TransitionId.Of(Text[..right], Text[right..], Step, 1);

            return (left == right) == (one == other);
        });

    [Fact]
    public void It_is_32_lower_case_hexadecimal_digits() => Gen.String.Sample(text =>
    {
        var id = TransitionId.Of(text, text, Step, 1).Value;

        return id.Length == 32 && UInt128.TryParse(id, NumberStyles.AllowHexSpecifier, null, out _) &&
            id.All(digit => !char.IsAsciiLetterUpper(digit));
    });
}
