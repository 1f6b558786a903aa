using System.CommandLine;
using System.CommandLine.Parsing;
using JobWatcher.Commands;
using JobWatcher.Configuration;
using JobWatcher.Configuration.Reading;
using JobWatcher.Hosting;
using JobWatcher.Text;

namespace JobWatcher.Demo;

/// <summary>The command line of the demo.</summary>
internal static class DemoCommand
{
    private static readonly Uri DefaultListen = new("http://127.0.0.1:9464");

    /// <summary>Parses and runs.</summary>
    /// <returns>The exit code; see <see cref="ExitCode"/>.</returns>
    public static async Task<int> InvokeAsync(string[] arguments)
    {
        var listen = new Option<Uri>("--listen")
        {
            Description = "Where metrics are served.",
            DefaultValueFactory = _ => DefaultListen,
            CustomParser = ParseAddress,
            HelpName = "ADDRESS",
        };
        var root = new RootCommand("Runs JobWatcher against a simulated cloud, to look at. All data is made up.") { listen };
        root.SetAction((result, cancellationToken) => RunAsync(result.GetRequiredValue(listen), cancellationToken));
        var parsed = root.Parse(arguments);
        return parsed.Errors.Count == 0
            ? await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null })
            : await TellAsync(parsed);
    }

    private static Uri? ParseAddress(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        var problem = WebAddress.Problem(text, out var address) ?? ServerConfiguration.ListenProblem(address!) ?? PortProblem(address!);
        if (problem is null)
        {
            return address;
        }

        result.AddError($"--listen: {FaultText.Quote(text)} {problem}");
        return null;
    }

    // The address is told before anything listens there.
    private static string? PortProblem(Uri address) =>
        address.Port == 0 ? $"has port 0; give another, like {DefaultListen}" : null;

    private static async Task<int> RunAsync(Uri listen, CancellationToken cancellationToken)
    {
        var address = listen.GetLeftPart(UriPartial.Authority);
        await Console.Out.WriteLineAsync(
            $"This is a demo: the cloud is simulated and all data is made up. Metrics: {address}/metrics, stop with Ctrl+C.");

        await using var cloud = await SimulatedTargets.StartAsync(cancellationToken);
        using var folder = new DemoFolder();
        return await RunCommand.RunAsync(cloud.PlanFor(listen, folder.StorePath), Console.Error, cancellationToken);
    }

    private static async Task<int> TellAsync(ParseResult parsed)
    {
        foreach (var fault in parsed.Errors)
        {
            await Console.Error.WriteLineAsync(fault.Message);
        }

        return ExitCode.BadUsage;
    }
}
