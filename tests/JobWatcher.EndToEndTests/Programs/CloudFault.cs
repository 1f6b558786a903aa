using System.Text.Json.Serialization;

namespace JobWatcher.EndToEndTests.Programs;

/// <summary>What the simulator does wrong, until it is cleared.</summary>
internal sealed record CloudFault
{
    /// <summary>Answers with this status.</summary>
    public int? Status { get; init; }

    /// <summary>The message that goes with <see cref="Status"/>; null: the usual one.</summary>
    public string? ErrorMsg { get; init; }

    /// <summary>Answers with this body as it stands.</summary>
    public string? Body { get; init; }

    /// <summary>The body's type.</summary>
    public string? ContentType { get; init; }

    /// <summary>Takes the request and says nothing.</summary>
    public bool? NeverAnswers { get; init; }

    /// <summary>Only for requests of this project.</summary>
    [JsonInclude]
    public string? Project { get; private init; }

    /// <summary>The same fault, for one project.</summary>
    public CloudFault For(string project) => this with { Project = project };
}
