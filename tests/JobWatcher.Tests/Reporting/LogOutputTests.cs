using System.Globalization;
using System.Text;
using System.Text.Json;
using JobWatcher.Reporting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;
using Serilog.Extensions.Logging;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Reporting;

/// <summary>Standard output is the process's own: these tests run while no others do.</summary>
[Collection(nameof(StandardOutput))]
public sealed class LogOutputTests
{
    [Theory]
    [InlineData("Running")]
    [InlineData("Failed")]
    public void Transitions_pass_every_level_filter(string to)
    {
        var lines = StandardOutput.Of(() =>
        {
            using var ordinary = LogOutput.Ordinary(new LoggingLevelSwitch(LogOutput.LevelOf(LogLevel.Error)), json: true);
            using var audit = LogOutput.Audit(json: true);
            ordinary.Information("Filtered.");
            new TransitionLogger(audit, new FakeTimeProvider(Noon)).Write(Steps.Of(new("Pending"), new(to)));
        });

        Assert.Equal("JobStatusChanged", JsonDocument.Parse(Assert.Single(lines)).RootElement
            .GetProperty("EventId").GetProperty("Name").GetString());
    }

    [Fact]
    public void A_transition_that_cannot_be_written_throws() => StandardOutput.With(new FullDisk(), () =>
    {
        using var audit = LogOutput.Audit(json: true);
        var logger = new TransitionLogger(audit, new FakeTimeProvider(Noon));

        Assert.Throws<AggregateException>(() => logger.Write(Steps.Full));
    });

    [Fact]
    public void The_ordinary_log_does_not_fail_its_callers() => StandardOutput.With(new FullDisk(), () =>
    {
        using var ordinary = LogOutput.Ordinary(new LoggingLevelSwitch(LogOutput.LevelOf(LogLevel.Information)), json: true);

        ordinary.Error("Not written.");
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_line_that_was_cut_short_does_not_spoil_the_next(bool isOfTheOrdinaryLog)
    {
        using var disk = new FillingDisk(room: 100);
        using var writer = JobWatcher.Reporting.StandardOutput.WriterOfLines(disk);

        StandardOutput.With(writer, () =>
        {
            using var ordinary = LogOutput.Ordinary(new LoggingLevelSwitch(LogOutput.LevelOf(LogLevel.Information)), json: true);
            using var audit = LogOutput.Audit(json: true);
            var logger = new TransitionLogger(audit, new FakeTimeProvider(Noon));
            if (isOfTheOrdinaryLog)
            {
                ordinary.Error("An event whose line takes more room than the disk has, but for its first hundred bytes.");
            }
            else
            {
                Assert.Throws<AggregateException>(() => logger.Write(Steps.Full));
            }

            logger.Write(Steps.Full);
        });

        var lines = Encoding.UTF8.GetString(disk.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal(100, lines[0].Length);
        Assert.Equal("JobStatusChanged", JsonDocument.Parse(lines[1]).RootElement
            .GetProperty("EventId").GetProperty("Name").GetString());
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Information, false)]
    [InlineData("System.Net.Http.HttpClient.HuaweiCloud", LogLevel.Information, false)]
    [InlineData("Quartz.Core.QuartzSchedulerThread", LogLevel.Information, false)]
    [InlineData("Quartz.Core.QuartzSchedulerThread", LogLevel.Warning, true)]
    [InlineData("JobWatcher.Polling.Targets.TargetWatch", LogLevel.Information, true)]
    [InlineData("JobWatcher.Polling.Targets.TargetWatch", LogLevel.Debug, false)]
    public void Libraries_are_quieter_than_the_watcher(string source, LogLevel level, bool isWritten)
    {
        using var ordinary = LogOutput.Ordinary(new LoggingLevelSwitch(LogOutput.LevelOf(LogLevel.Information)), json: true);
        using var factory = new SerilogLoggerFactory(ordinary);

        Assert.Equal(isWritten, factory.CreateLogger(source).IsEnabled(level));
    }

    /// <summary>Takes what it has room for of the first write, and fails; then there is room again.</summary>
    private sealed class FillingDisk(int room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length > 0)
            {
                base.Write(buffer);
                return;
            }

            base.Write(buffer[..room]);
            throw new IOException("No space left on device");
        }
    }

    private sealed class FullDisk : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException("No space left on device");

        public override void Write(string? value) => throw new IOException("No space left on device");
    }
}

/// <summary>Stands in for the process's standard output.</summary>
[CollectionDefinition(nameof(StandardOutput), DisableParallelization = true)]
public sealed class StandardOutput
{
    /// <summary>The lines that an action writes.</summary>
    internal static IReadOnlyList<string> Of(Action action)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        With(output, action);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Runs an action over another standard output.</summary>
    internal static void With(TextWriter output, Action action)
    {
        var before = Console.Out;
        Console.SetOut(output);
        try
        {
            action();
        }
        finally
        {
            Console.SetOut(before);
        }
    }
}
