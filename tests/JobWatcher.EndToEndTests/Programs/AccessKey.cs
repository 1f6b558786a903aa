namespace JobWatcher.EndToEndTests.Programs;

/// <summary>What the cloud's users sign with.</summary>
internal sealed record AccessKey(string Id, string Secret)
{
    /// <summary>A pair that tests give to both sides.</summary>
    public static readonly AccessKey Example = new("ENDTOENDACCESSKEY001", "end-to-end-secret-key-that-nobody-uses-01");
}
