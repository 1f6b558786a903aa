using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;
using JobWatcher.Simulator.Requests;

namespace JobWatcher.Simulator.Listing;

/// <summary><c>GET /v3/{project_id}/immediate-jobs</c>.</summary>
internal sealed class ListingEndpoint(SimulatedCloud cloud, Authenticator authenticator)
{
    public void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/v3/{project}/immediate-jobs", HandleAsync)
            .WithMetadata(new OperationMetadata(ApiOperation.ListImmediateJobs));

    private async Task HandleAsync(HttpContext context, string project)
    {
        var account = authenticator.Authenticate(context, projectId: project);
        var jobs = cloud.Find(project) ?? throw new ApiException(ApiError.UnknownProject(project));
        if (account is { MayListJobs: false })
        {
            throw new ApiException(ApiError.Forbidden(Permissions.ListJobs));
        }

        var request = ListRequest.Parse(context.Request.Query);
        var fault = Fault.Of(context);
        var page = JobPage.Read(jobs, request, fault, cloud.NewJob);
        context.Features.Get<LoggedRequest>()?.Shows(page.Jobs);
        if (fault.TruncateAfterBytes is null)
        {
            jobs.RecordServed(page.Jobs);
        }

        Move(jobs, request.Filter, fault);
        await Answer.SendAsync(context, 200, ListingBody.Write(page));
    }

    private void Move(SimulatedProject project, JobFilter filter, Fault fault)
    {
        foreach (var job in project.Read(filter, 0, fault.RemoveAfterPage ?? 0).Jobs)
        {
            project.Remove(job.JobId);
        }

        project.PutAll(Enumerable.Range(0, fault.InsertAfterPage ?? 0).Select(_ => cloud.NewJob()));
    }
}
