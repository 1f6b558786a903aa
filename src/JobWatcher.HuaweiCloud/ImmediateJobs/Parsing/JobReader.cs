using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

/// <summary>Reads one element of a listing's array.</summary>
internal static class JobReader
{
    private const int MaxIdLength = 128;
    private const int MaxStatusLength = 64;
    private const int MaxNameLength = 256;
    private const int MaxReasonLength = 4096;

    /// <summary>
    /// Reads the value at which the reader stands, and leaves the reader at its end. What is no object, or lacks an id or
    /// a status of a job, is an item without one.
    /// </summary>
    /// <param name="reader">Stands at the first token of the value.</param>
    /// <param name="body">What the reader reads.</param>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static ListedItem Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var start = (int)reader.TokenStartIndex;
        var fields = new Fields();
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
            {
                ReadField(ref reader, ref fields);
            }
        }
        else
        {
            reader.Skip();
        }

        return new ListedItem(fields.JobId, fields.ToJob(), Hash(body[start..(int)reader.BytesConsumed]));
    }

    private static void ReadField(ref Utf8JsonReader reader, ref Fields fields)
    {
        var field = FieldOf(ref reader);
        reader.Read();
        switch (field)
        {
            case Field.JobId: fields.JobId = JsonText.Identity(ref reader, MaxIdLength); break;
            case Field.Status: fields.Status = JsonText.Identity(ref reader, MaxStatusLength, repeats: true); break;
            case Field.JobName: fields.JobName = JsonText.Optional(ref reader, MaxNameLength, repeats: true); return;
            case Field.Process: fields.Process = JsonText.Optional(ref reader, MaxStatusLength, repeats: true); return;
            case Field.InstanceId: fields.InstanceId = JsonText.Optional(ref reader, MaxIdLength, repeats: true); return;
            case Field.InstanceName: fields.InstanceName = JsonText.Optional(ref reader, MaxNameLength, repeats: true); return;
            case Field.InstanceStatus: fields.InstanceStatus = JsonText.Optional(ref reader, MaxStatusLength, repeats: true); return;
            case Field.OrderId: fields.OrderId = JsonText.Optional(ref reader, MaxIdLength); return;
            case Field.CreatedTime: fields.CreatedTime = JobTime.Parse(JsonText.Optional(ref reader, MaxStatusLength)); return;
            case Field.EndedTime: fields.EndedTime = JobTime.Parse(JsonText.Optional(ref reader, MaxStatusLength)); return;
            case Field.FailReason: fields.FailReason = JsonText.Optional(ref reader, MaxReasonLength); return;
        }

        reader.Skip();
    }

    private static Field FieldOf(ref Utf8JsonReader reader)
    {
        // None of the known names needs an escape, and an escape that is broken must not cost more than its field.
        if (reader.ValueIsEscaped)
        {
            return Field.Unknown;
        }

        var name = reader.ValueSpan;
        return name.SequenceEqual("job_id"u8) ? Field.JobId
            : name.SequenceEqual("job_name"u8) ? Field.JobName
            : name.SequenceEqual("status"u8) ? Field.Status
            : name.SequenceEqual("process"u8) ? Field.Process
            : name.SequenceEqual("instance_id"u8) ? Field.InstanceId
            : name.SequenceEqual("instance_name"u8) ? Field.InstanceName
            : name.SequenceEqual("instance_status"u8) ? Field.InstanceStatus
            : name.SequenceEqual("order_id"u8) ? Field.OrderId
            : name.SequenceEqual("created_time"u8) ? Field.CreatedTime
            : name.SequenceEqual("ended_time"u8) ? Field.EndedTime
            : name.SequenceEqual("fail_reason"u8) ? Field.FailReason
            : Field.Unknown;
    }

    private static UInt128 Hash(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private enum Field
    {
        Unknown, JobId, JobName, Status, Process, InstanceId, InstanceName, InstanceStatus, OrderId, CreatedTime, EndedTime,
        FailReason,
    }

    private struct Fields
    {
        public string? JobId;
        public string? JobName;
        public string? Status;
        public string? Process;
        public string? InstanceId;
        public string? InstanceName;
        public string? InstanceStatus;
        public string? OrderId;
        public DateTimeOffset? CreatedTime;
        public DateTimeOffset? EndedTime;
        public string? FailReason;

        public readonly ImmediateJob? ToJob() => JobId is null || Status is null || Status == JobStatus.NotListed.Value
            ? null
            : new ImmediateJob
            {
                JobId = JobId,
                JobName = JobName ?? "",
                Status = new JobStatus(Status),
                Process = Process,
                InstanceId = InstanceId,
                InstanceName = InstanceName,
                InstanceStatus = InstanceStatus,
                OrderId = OrderId,
                CreatedTime = CreatedTime,
                EndedTime = EndedTime,
                FailReason = FailReason,
            };
    }
}
