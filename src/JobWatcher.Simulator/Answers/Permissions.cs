namespace JobWatcher.Simulator.Answers;

/// <summary>The actions of IAM policies that the API asks for.</summary>
internal static class Permissions
{
    public const string ListJobs = "gaussdbformysql:task:list";
}
