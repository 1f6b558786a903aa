using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Control;

/// <summary>Puts faults in force and ends them.</summary>
internal static class FaultControl
{
    public static void Map(IEndpointRouteBuilder control, SimulatedCloud cloud)
    {
        control.MapPost("/faults", (HttpRequest request) => PutAsync(cloud, request));
        control.MapGet("/faults", () => ControlApi.Show(new { Faults = cloud.Faults.Snapshot() }));
        control.MapDelete("/faults", () => Clear(cloud));
        control.MapDelete("/faults/{id:int}", (int id) => Clear(cloud, id));
    }

    private static async Task<IResult> PutAsync(SimulatedCloud cloud, HttpRequest request)
    {
        var id = cloud.Faults.Put(await ControlApi.ReadAsync<Fault>(request));
        return ControlApi.Show(new { Id = id }, StatusCodes.Status201Created);
    }

    private static IResult Clear(SimulatedCloud cloud)
    {
        cloud.Faults.Clear();
        return Results.NoContent();
    }

    private static IResult Clear(SimulatedCloud cloud, int id)
        => cloud.Faults.Clear(id)
            ? Results.NoContent()
            : throw new ApiException(new ApiError(404, "Simulator.404", $"The fault {id} is not in force."));
}
