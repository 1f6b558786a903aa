using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Control;

/// <summary>Shows the request log.</summary>
internal static class RequestControl
{
    public static void Map(IEndpointRouteBuilder control, SimulatedCloud cloud)
    {
        control.MapGet(
            "/requests",
            () => ControlApi.Show(new { cloud.Requests.Total, Requests = cloud.Requests.Snapshot() }));
        control.MapDelete("/requests", () => Clear(cloud));
    }

    private static IResult Clear(SimulatedCloud cloud)
    {
        cloud.Requests.Clear();
        return Results.NoContent();
    }
}
