using CsCheck;
using JobWatcher.Text;

namespace JobWatcher.Tests.Configuration;

public sealed class MutationTests : IDisposable
{
    private static readonly long Iterations =
        Environment.GetEnvironmentVariable("JOBWATCHER_LONG_TESTS") is "1" ? 50_000 : 500;

    private const string Special = "[]{}!*&|>'\"%@`#,:?-~ ";

    private const string Whole =
        """
        targets:
          - name: prod
            region: cn-north-4
            projectId: 619d3e78f61b4be68bc5aa0b59edcf7b
            credentials: &who default
            endpoint: https://taurus.internal
            interval: 30s
            jobNames: [a, b]
            labels: { team: payments }
          - { name: test, region: cn-east-3, projectId: 719d3e78f61b4be68bc5aa0b59edcf7b, credentials: *who }
        targetFiles: ["d/*.yaml"]
        labels: { stage: live }
        credentials:
          default: { accessKey: AK, secretKey: "sk" }
          bearer: { token: t }
        polling: { interval: 30s, requestTimeout: 10s, pollTimeout: 5m, unknownAfter: 6m, language: en-us }
        store: { provider: sqlite, path: data/jobwatcher.db }
        metrics: { perJob: true, perJobLimit: 500, perJobLimitTotal: 20000, jobNameLimit: 100 }
        server: { listen: "http://0.0.0.0:9464", externalUrl: "https://jw.internal" }
        alerting:
          receivers:
            - { name: am, alertmanager: { urls: ["http://am:9093"], resendEvery: 1m }, bearerToken: t, allowHttp: true }
            - { name: hook, webhook: { url: "https://h/x?y=z", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw }, basicAuth: { user: u, password: p } }
          heartbeat: { url: "https://h/z", every: 1m }
        logging: { level: Information, format: json }

        """;

    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.Const(""),
        Gen.Char[Special + "\n\t\0\uFEFF\u2028"].Select(character => character.ToString()),
        Gen.OneOf("\n  ", "\n- ", ": ", "- ", "*who", "<<: ", "---\n", "null", "''", "[[[[", "\"\\x00\"", "\"\\ud800\"", "**", "../", "/", "\\"),
        Gen.String[0, 5]);

    private readonly ConfigurationFolder _folder = new();

    public MutationTests() => _folder.Write("d/a.yaml", "");

    [Fact]
    public void What_is_mutated_here_is_valid() => Assert.Equal(2, _folder.LoadValid(Whole).Targets.Count);

    [Fact]
    public void However_a_file_is_broken_it_gives_a_configuration_or_faults() =>
        Gen.Select(Gen.Int[0, Whole.Length - 1], Gen.Int[0, 30], Piece).Array[1, 4].Sample(
            edits => Check(edits.Aggregate(Whole, Edit)), threads: 1, iter: Iterations);

    [Fact]
    public void Whatever_a_file_holds_it_gives_a_configuration_or_faults() =>
        Gen.OneOf(Gen.String[Gen.Char[Special + "\n\tab"], 0, 60], Gen.String).Sample(Check, threads: 1, iter: Iterations);

    [Fact]
    public void Whatever_the_environment_holds_it_gives_a_configuration_or_faults()
    {
        var segment = Gen.OneOf(
            Gen.OneOf(
                "TARGETS", "0", "1", "2", "NAME", "JOBNAMES", "LABELS", "CREDENTIALS", "DEFAULT", "TOKEN", "STORE", "PATH",
                "TARGETFILES", "POLLING", "INTERVAL", "", "X"),
            Gen.String[0, 3]);
        var variable = Gen.Select(segment.Array[1, 5], Piece);

        variable.Array[1, 5].Sample(
            variables =>
            {
                _folder.Environment.Clear();
                foreach (var (segments, value) in variables)
                {
                    _folder.Environment["JOBWATCHER_" + string.Join("__", segments)] = value;
                }

                Check(Whole);
            },
            threads: 1, iter: Iterations);
    }

    [Fact]
    public void However_a_secret_is_mangled_no_fault_shows_it()
    {
        var around = Gen.String[Gen.Char[Special + "x"], 0, 6];

        Gen.Select(around, around).Sample(
            (before, after) =>
            {
                var result = _folder.LoadYaml(
                    ConfigurationFolder.Target +
                    $"credentials:\n  default:\n    accessKey: AK\n    secretKey: {before}hunter2{after}\n");

                Assert.DoesNotContain(_folder.Lines(result), line => line.Contains("hunter2", StringComparison.Ordinal));
            },
            threads: 1, iter: Iterations);
    }

    public void Dispose() => _folder.Dispose();

    private static string Edit(string text, (int Start, int Length, string Piece) edit)
    {
        var start = Math.Min(edit.Start, text.Length);
        return text.Remove(start, Math.Min(edit.Length, text.Length - start)).Insert(start, edit.Piece);
    }

    private void Check(string yaml)
    {
        var lines = _folder.FaultsOf(yaml);

        Assert.All(lines, line => Assert.Null(FaultText.FirstHidden(line)));
    }
}
