using System.Diagnostics;
using System.Net;
using JobWatcher.Simulator.Authentication;

namespace JobWatcher.Simulator.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public async Task It_tells_its_address_in_one_line_and_serves_there()
    {
        await using var program = Program.Start("--listen http://127.0.0.1:0 --jobs 7");

        var line = await program.FirstLineAsync();

        var address = line.Split([' ', ','])[4];
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("X-Auth-Token", SimulatedAccount.Example.Tokens[0]);
        using var response = await client.GetAsync(new Uri($"{address}/v3/{ProjectOptions.ExampleId}/immediate-jobs"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"total_count\":7", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(SimulatedAccount.Example.AccessKey!, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_exit_code_1()
    {
        await using var cloud = await TestCloud.StartAsync();
        await using var program = Program.Start($"--listen {cloud.Server.BaseAddress}");

        var (exitCode, error) = await program.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Contains(cloud.Server.BaseAddress.Authority, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--listen http://0.0.0.0:8089", "loopback only")]
    [InlineData("--listen there", "loopback only")]
    [InlineData("--speed 0", "--speed 0")]
    [InlineData("--speed NaN", "--speed NaN")]
    [InlineData("--jobs -1", "--jobs -1")]
    [InlineData("--project 7", "--project 7")]
    [InlineData("--paging both", "'record-offset'")]
    [InlineData("--jobs 1 --scenario none", "use one of them")]
    [InlineData("--scenario /nowhere/scenario.json", "/nowhere/scenario.json")]
    [InlineData("--colour red", "--colour")]
    public async Task Bad_usage_is_told_on_standard_error_and_is_exit_code_2(string arguments, string told)
    {
        await using var program = Program.Start(arguments);

        var (exitCode, error) = await program.EndAsync();

        Assert.Equal(2, exitCode);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    private sealed class Program(Process process) : IAsyncDisposable
    {
        private readonly CancellationTokenSource deadline = new(TimeSpan.FromSeconds(60));

        public static Program Start(string arguments) => new(Process.Start(new ProcessStartInfo(
            "dotnet", $"\"{typeof(SimulatorServer).Assembly.Location}\" {arguments}")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

        public async Task<string> FirstLineAsync() => await process.StandardOutput.ReadLineAsync(deadline.Token) ?? "";

        public async Task<(int ExitCode, string Error)> EndAsync()
        {
            var error = await process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, error);
        }

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

            process.Dispose();
            deadline.Dispose();
        }
    }
}
