using System.Text.Json;
using System.Text.Json.Nodes;
using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Tests.Listing;

public sealed class ListingBodyTests
{
    [Fact]
    public async Task Jobs_of_the_reference_example_are_listed_field_by_field_as_there()
    {
        await using var cloud = await TestCloud.StartAsync();
        var example = JsonNode.Parse(Vectors.ExampleListing)!;
        cloud.Project.PutAll(example["jobs"].Deserialize<List<SimulatedJob>>(Json.Options)!);

        using var response = await cloud.GetAsync();
        var served = await response.Content.ReadAsStringAsync();

        // The example lists its older job first.
        example["jobs"] = new JsonArray([.. example["jobs"]!.AsArray().Reverse().Select(job => job!.DeepClone())]);
        Assert.Equal(example.ToJsonString(), JsonNode.Parse(served)!.ToJsonString());
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_reference_example_can_be_served_as_it_stands()
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Server.Cloud.Faults.Put(Fault.RawBody(Vectors.ExampleListing));

        using var response = await cloud.GetAsync();

        Assert.Equal(Vectors.ExampleListing, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_answer_carries_the_clouds_time_and_an_id_of_its_own()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var first = await cloud.GetAsync();
        using var second = await cloud.GetAsync("?limit=11");

        Assert.Equal(TestCloud.Start, first.Headers.Date);
        Assert.Equal(TestCloud.Start, second.Headers.Date);
        Assert.NotEqual(first.Headers.GetValues("X-Request-Id"), second.Headers.GetValues("X-Request-Id"));
    }

    [Fact]
    public async Task A_job_keeps_what_the_cloud_can_be_made_to_say()
    {
        await using var cloud = await TestCloud.StartAsync();
        var job = SimulatedJob.Pending(JobNames.All[0], TestCloud.Start, "a").On("<b>\"\\\u202E\n名") with
        {
            EndedTime = "",
            FailReason = null,
            ShowDetail = true,
        };
        cloud.Project.Put(job);

        var listing = await cloud.ListAsync();

        Assert.Equal(job, listing.Json.GetProperty("jobs")[0].Deserialize<SimulatedJob>(Json.Options));
    }
}
