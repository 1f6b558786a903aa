using JobWatcher.Simulator.Jobs;
using JobWatcher.Simulator.Requests;

namespace JobWatcher.Simulator.Control;

/// <summary>Tells answer by answer what listings and look-ups showed: the finest truth that there is.</summary>
internal static class ListingControl
{
    public static void Map(IEndpointRouteBuilder control, SimulatedCloud cloud)
        => control.MapGet("/projects/{project}/listings", (string project) => Show(cloud, project));

    private static IResult Show(SimulatedCloud cloud, string project)
    {
        var id = ControlApi.Project(cloud, project).Options.Id;
        var (requests, total) = cloud.Requests.SnapshotWithTotal();
        return ControlApi.Show(new
        {
            IsWhole = requests.Count == total,
            Listings = requests
                .Where(request => request.Operation is ApiOperation.ListImmediateJobs && request.Project == id)
                .Select(request => new
                {
                    request.Time,
                    request.Query,
                    request.AccessKey,
                    request.Status,
                    request.IsSent,
                    Jobs = request.Shown,
                }),
        });
    }
}
