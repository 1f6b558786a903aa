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

    /// <summary>So many requests are hit; null: all until it is cleared.</summary>
    public int? Count { get; init; }

    /// <summary>Waits before anything else.</summary>
    public double? LatencySeconds { get; init; }

    /// <summary>Resets the connection.</summary>
    public bool? ResetsConnection { get; init; }

    /// <summary>Closes the connection after so many bytes of the body.</summary>
    public int? TruncateAfterBytes { get; init; }

    /// <summary>The header <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The code that goes with <see cref="Status"/>; null: the usual one.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>After each page, so many new jobs appear.</summary>
    public int? InsertAfterPage { get; init; }

    /// <summary>After each page, so many of the newest jobs disappear.</summary>
    public int? RemoveAfterPage { get; init; }

    /// <summary>Added to the true <c>total_count</c>.</summary>
    public int? TotalCountOffset { get; init; }

    /// <summary>Jobs of a page, whatever was asked for.</summary>
    public int? PageSize { get; init; }

    /// <summary>Only for requests of this project.</summary>
    [JsonInclude]
    public string? Project { get; private init; }

    /// <summary>The same fault, for one project.</summary>
    public CloudFault For(string project) => this with { Project = project };
}
