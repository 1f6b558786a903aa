using System.Text.Json;
using JobWatcher.HuaweiCloud.Regions;

namespace JobWatcher.HuaweiCloud.Tests.Regions;

public sealed class RegionTableTests
{
    [Fact]
    public void It_holds_every_region_of_the_vendors_list()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors/regions.json")));
        var listed = document.RootElement.GetProperty("regions").EnumerateObject().ToList();

        Assert.Equal(listed.Select(region => region.Name).Order(StringComparer.Ordinal), RegionTable.Names);
        Assert.All(listed, region =>
        {
            var found = RegionTable.Find(region.Name)!;
            Assert.Equal(region.Value.GetProperty("taurusdb").GetString(), found.TaurusDbEndpoint.OriginalString);
            Assert.Equal(region.Value.GetProperty("iam").GetString(), found.IamEndpoint?.OriginalString);
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("cn-north-99")]
    [InlineData("CN-NORTH-4")]
    public void Other_names_are_not_found(string name) => Assert.Null(RegionTable.Find(name));
}
