using JobWatcher.Configuration;
using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud.Regions;
using JobWatcher.Text;
using Microsoft.Extensions.Logging;

namespace JobWatcher.Tests.Configuration;

public sealed class ConfigurationLoaderTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    [Fact]
    public void A_target_and_credentials_are_enough_and_all_else_has_a_default()
    {
        var configuration = _folder.LoadValid(ConfigurationFolder.Valid);

        var target = Assert.Single(configuration.Targets);
        Assert.Equal("prod", target.Name);
        Assert.Equal("cn-north-4", target.Region);
        Assert.Equal("619d3e78f61b4be68bc5aa0b59edcf7b", target.ProjectId);
        Assert.Equal("default", target.Credentials);
        Assert.Equal(RegionTable.Find("cn-north-4")!.TaurusDbEndpoint, target.Endpoint);
        Assert.Equal(Duration.Seconds(30), target.Interval);
        Assert.Equal(Duration.Minutes(5), target.UnknownAfter);
        Assert.Empty(target.JobNames);
        Assert.Empty(target.Labels);
        var credentials = Assert.IsType<AccessKeyConfiguration>(configuration.Credentials["default"]);
        Assert.Equal("AKEXAMPLE", credentials.AccessKey.Value.Reveal());
        Assert.Equal("sk-example", credentials.SecretKey.Value.Reveal());
        Assert.Null(credentials.SecurityToken);
        Assert.Equal(Path.Combine(_folder.Path, "data", "jobwatcher.db"), configuration.Store.Path);
        Assert.Equal("400d", configuration.Store.HistoryRetention.ToString());
        Assert.Null(configuration.Logging.Format);
    }

    [Fact]
    public void Every_key_is_read()
    {
        _folder.Write("token", "T0ken\n");

        var configuration = _folder.LoadValid(
            """
            targets:
              - name: prod
                region: private-1
                projectId: 619d3e78f61b4be68bc5aa0b59edcf7b
                credentials: bearer
                endpoint: http://taurus.internal/base
                allowHttp: true
                interval: 2m
                jobNames: [CreateGaussDBforMySQLInstance, RebootGaussDBforMySQLInstance]
                labels: { team: payments }
            labels: { team: all, stage: live }
            credentials:
              default: { accessKey: AK, secretKey: sk, securityToken: st }
              bearer: { tokenFile: token }
            polling: { interval: 1m, requestTimeout: 2s, pollTimeout: 3m, language: zh-cn }
            store: { provider: sqlite, path: state/watch.db, historyRetention: 30d }
            metrics: { perJob: false, perJobLimit: 1, perJobLimitTotal: 2, jobNameLimit: 3, knownJobNamesAtZero: false }
            server: { listen: "http://[::1]:0" }
            logging: { level: warning, format: text }
            """);

        var target = Assert.Single(configuration.Targets);
        Assert.Equal("private-1", target.Region);
        Assert.Equal("bearer", target.Credentials);
        Assert.Equal(new Uri("http://taurus.internal/base"), target.Endpoint);
        Assert.Equal(Duration.Minutes(2), target.Interval);
        Assert.Equal(Duration.Minutes(6), target.UnknownAfter);
        Assert.Equal(["CreateGaussDBforMySQLInstance", "RebootGaussDBforMySQLInstance"], target.JobNames.Order());
        Assert.Equal("payments", target.Labels["team"]);
        Assert.Equal("live", target.Labels["stage"]);
        Assert.Equal("st", Assert.IsType<AccessKeyConfiguration>(configuration.Credentials["default"]).SecurityToken!.Value.Reveal());
        Assert.Equal("T0ken", Assert.IsType<TokenConfiguration>(configuration.Credentials["bearer"]).Token.Value.Reveal());
        Assert.Equal(Duration.Minutes(1), configuration.Polling.Interval);
        Assert.Equal(Duration.Seconds(2), configuration.Polling.RequestTimeout);
        Assert.Equal(Duration.Minutes(3), configuration.Polling.PollTimeout);
        Assert.Equal("zh-cn", configuration.Polling.Language);
        Assert.Equal(Path.Combine(_folder.Path, "state", "watch.db"), configuration.Store.Path);
        Assert.Equal("30d", configuration.Store.HistoryRetention.ToString());
        var metrics = configuration.Metrics;
        Assert.Equal(
            (false, 1, 2, 3, false),
            (metrics.PerJob, metrics.PerJobLimit, metrics.PerJobLimitTotal, metrics.JobNameLimit, metrics.KnownJobNamesAtZero));
        Assert.Equal(new Uri("http://[::1]:0"), configuration.Server.Listen);
        Assert.Equal(LogLevel.Warning, configuration.Logging.Level);
        Assert.Equal(LogFormat.Text, configuration.Logging.Format);
    }

    public void Dispose() => _folder.Dispose();
}
