using System.Text;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs.Parsing;

public sealed class ListingPageReaderTests
{
    private const string Good = """{"job_id": "good", "status": "Running", "job_name": "Name"}""";

    [Theory]
    [InlineData("""null""")]
    [InlineData("""17""")]
    [InlineData("""[{"job_id": "x", "status": "Running"}]""")]
    [InlineData("""{}""")]
    [InlineData("""{"status": "Running"}""")]
    [InlineData("""{"job_id": null, "status": "Running"}""")]
    [InlineData("""{"job_id": "", "status": "Running"}""")]
    [InlineData("""{"job_id": 5, "status": "Running"}""")]
    [InlineData("""{"job_id": {"job_id": "x"}, "status": "Running"}""")]
    [InlineData("""{"job_id": "x"}""")]
    [InlineData("""{"job_id": "x", "status": ""}""")]
    [InlineData("""{"job_id": "x", "status": ["Running"]}""")]
    [InlineData("""{"job_id": "\ud800\u0041", "status": "Running"}""")]
    public void A_job_that_cannot_be_read_costs_only_itself(string malformed)
    {
        var page = Read($$"""{"jobs": [{{Good}}, {{malformed}}, {{Good}}], "total_count": 3}""");

        Assert.Equal(["good", null, "good"], page.Items.Select(item => item.Job?.JobId));
        Assert.Equal(3, page.TotalCount);
    }

    [Fact]
    public void A_status_that_means_not_listed_is_unreadable()
    {
        var page = Read($$"""{"jobs": [{{Good}}, {"job_id": "x", "status": "None"}], "total_count": 2}""");

        Assert.Equal([("good", "good"), ("x", null)], page.Items.Select(item => (item.JobId, item.Job?.JobId)));
    }

    [Fact]
    public void An_id_that_is_too_long_is_none()
    {
        var page = Read($$"""{"jobs": [{"job_id": "{{new string('x', 129)}}", "status": "Running"}], "total_count": 1}""");

        Assert.Equal(default, (page.Items[0].JobId, page.Items[0].Job));
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    [InlineData("30", "30")]
    [InlineData("true", "true")]
    [InlineData("\"30%\"", "30%")]
    [InlineData("[30]", null)]
    [InlineData("{\"a\": {\"b\": []}}", null)]
    public void A_field_may_be_of_any_type(string value, string? read)
    {
        var job = ReadJob($$"""{"process": {{value}}, "job_id": "x", "status": "Running", "instance_name": "after"}""");

        Assert.Equal(read, job.Process);
        Assert.Equal("after", job.InstanceName);
    }

    [Fact]
    public void Every_field_but_id_and_status_may_be_absent()
    {
        var job = ReadJob("""{"job_id": "x", "status": "Running"}""");

        Assert.Equal(new ImmediateJob { JobId = "x", JobName = "", Status = JobStatus.Running }, job);
    }

    [Fact]
    public void Unknown_fields_are_skipped_and_unknown_statuses_and_names_kept()
    {
        var job = ReadJob("""{"new": [1, {"job_id": "no"}], "job_id": "x", "status": "Paused", "job_name": "FlyToTheMoon", "show\u005fdetail": 1}""");

        Assert.Equal(("x", new JobStatus("Paused"), "FlyToTheMoon"), (job.JobId, job.Status, job.JobName));
        Assert.True(job.Status.IsOpen);
    }

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        var reason = new string('x', 4095) + "😀" + new string('y', 100_000);

        Assert.Equal(new string('x', 4095), ReadJob(JobWith(reason)).FailReason);
        Assert.Equal(new string('x', 4094) + "\ny", ReadJob(JobWith(new string('x', 4094) + "\\n" + new string('y', 9_000))).FailReason);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_replaced()
    {
        byte[] body = [.. """{"total_count": 1, "jobs": [{"job_id": "x", "status": "Running", "instance_name": "a"""u8, 0xFF, .. "\"}]}"u8];

        Assert.Equal("a\uFFFD", ListingPageReader.Read(body, cloudTime: null).Items[0].Job?.InstanceName);
    }

    [Fact]
    public void Texts_that_repeat_are_one_object()
    {
        const string Job = """{"job_id": "x", "status": "Strange", "job_name": "Name", "instance_id": "i", "instance_name": "n"}""";
        var jobs = Read($$"""{"jobs": [{{Job}}, {{Job}}]}""").Items.Select(item => item.Job!).ToList();

        Assert.Same(jobs[0].JobName, jobs[1].JobName);
        Assert.Same(jobs[0].Status.Value, jobs[1].Status.Value);
        Assert.Same(jobs[0].InstanceId, jobs[1].InstanceId);
        Assert.Same(jobs[0].InstanceName, jobs[1].InstanceName);
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("\"2\"", 2)]
    [InlineData("-1", null)]
    [InlineData("2.5", null)]
    [InlineData("99999999999", null)]
    [InlineData("\"many\"", null)]
    [InlineData("null", null)]
    [InlineData("[2]", null)]
    public void The_total_count_may_be_a_number_or_a_text_of_one(string value, int? read) =>
        Assert.Equal(read, Read($$"""{"total_count": {{value}}, "jobs": []}""").TotalCount);

    [Fact]
    public void A_list_that_is_null_is_empty() => Assert.Empty(Read("""{"jobs": null, "total_count": 0}""").Items);

    [Theory]
    [InlineData("", "an empty body")]
    [InlineData(" \n", "an empty body")]
    [InlineData("<html>secret</html>", "HTML or XML")]
    [InlineData("[{\"job_id\": \"secret\"}]", "a JSON array")]
    [InlineData("Bad gateway: secret", "text that is no JSON object")]
    [InlineData("{\"error\": \"secret\"}", "a JSON object without a list of jobs")]
    [InlineData("{\"jobs\": \"secret\"}", "a JSON object whose jobs are no array")]
    [InlineData("{\"jobs\": [{\"job_id\": \"secret\"}", "a JSON object that is broken in line 1, byte 30")]
    [InlineData("{\"jobs\": []} secret", "a JSON object that is broken in line 1, byte 13")]
    public void What_is_no_list_is_named_without_its_content(string body, string name)
    {
        var exception = Assert.Throws<FormatException>(() => Read(body));

        Assert.Equal(name, exception.Message);
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Throws<FormatException>(() => Read($$"""{"jobs": [], "deep": {{new string('[', 100)}}{{new string(']', 100)}}}"""));

    [Fact]
    public void More_items_than_an_answer_may_have_are_refused() =>
        Assert.Throws<FormatException>(() =>
            Read($$"""{"jobs": [{{string.Join(',', Enumerable.Repeat("0", ListingPageReader.MaxItems + 1))}}]}"""));

    private static ListingPage Read(string body) => ListingPageReader.Read(Encoding.UTF8.GetBytes(body), cloudTime: null);

    private static ImmediateJob ReadJob(string job) => Read($$"""{"jobs": [{{job}}], "total_count": 1}""").Items.Single().Job!;

    private static string JobWith(string reason) => $$"""{"job_id": "x", "status": "Failed", "fail_reason": "{{reason}}"}""";
}
