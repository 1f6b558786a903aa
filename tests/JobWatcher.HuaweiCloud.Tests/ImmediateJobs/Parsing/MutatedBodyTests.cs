using JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs.Parsing;

/// <summary>Bodies that were right until something changed them: 20,000, or a million in a long run.</summary>
public sealed class MutatedBodyTests
{
    private const int Seed = 20180806;

    private static readonly byte[][] Tokens =
    [
        [.. "{"u8], [.. "}"u8], [.. "["u8], [.. "]"u8], [.. "\""u8], [.. ","u8], [.. ":"u8], [.. "null"u8], [.. "-1e999"u8], [.. "\\ud800"u8],
        [.. "\\u0000"u8], [0xFF, 0xFE], [.. "99999999999999999999"u8], [.. "\"jobs\":[]"u8], [.. "\"job_id\":{}"u8], [0],
    ];

    [Fact]
    public void A_body_is_read_or_refused_whatever_was_done_to_it()
    {
        var original = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors/immediate-jobs-200.json"));
        var random = new Random(Seed);
        var (read, refused) = (0, 0);

        for (var count = Iterations.Of(20_000); count > 0; count--)
        {
            var body = Mutate(original, random);
            try
            {
                var page = ListingPageReader.Read(body, cloudTime: null);
                Assert.True(page.Items.Count <= body.Length / 2);
                Assert.All(page.Items, item => Assert.True(item.Job is null || item.Job.JobId == item.JobId));
                read++;
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        Assert.True(read > 1_000 && refused > 1_000, $"{read} read and {refused} refused prove little");
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var body = original.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && body.Count > 0; changes--)
        {
            var at = random.Next(body.Count);
            var length = random.Next(1, Math.Min(40, body.Count - at + 1));
            switch (random.Next(6))
            {
                case 0: body[at] = (byte)random.Next(256); break;
                case 1: body.RemoveRange(at, length); break;
                case 2: body.InsertRange(at, body.GetRange(at, length)); break;
                case 3: body.InsertRange(at, Tokens[random.Next(Tokens.Length)]); break;
                case 4: body[at] ^= (byte)(1 << random.Next(8)); break;
                default:
                    if (random.Next(10) == 0)
                    {
                        body.RemoveRange(at, body.Count - at);
                    }

                    break;
            }
        }

        return [.. body];
    }
}
