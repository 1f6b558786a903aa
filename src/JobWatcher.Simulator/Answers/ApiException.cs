namespace JobWatcher.Simulator.Answers;

/// <summary>Ends a request with an error answer.</summary>
internal sealed class ApiException(ApiError error) : Exception(error.Message)
{
    public ApiError Error => error;
}
