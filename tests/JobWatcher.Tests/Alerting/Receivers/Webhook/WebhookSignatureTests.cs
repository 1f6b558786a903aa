using System.Text;
using CsCheck;
using JobWatcher.Alerting.Receivers.Webhook;
using static JobWatcher.Tests.Storage.Make;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>The signature, against the specification, its own library and a verifier written from the specification.</summary>
public sealed class WebhookSignatureTests
{
    private static readonly Gen<byte[]> Keys = Gen.Byte.Array[24, 64];
    private static readonly Gen<string> Ids = Gen.Char["abcdef0123456789-"].Array[1, 50].Select(text => new string(text));

    [Fact]
    public void The_example_of_the_specification_comes_out()
    {
        var key = WebhookKey.Decode("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!;

        var signature = WebhookSignature.Of(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}"u8);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public void What_is_signed_verifies_with_the_secret() =>
        Gen.Select(Keys, Ids, Gen.Byte.Array).Sample((key, id, body) =>
            Verifier.Accepts(Signed(key, id, body), SecretOf(key), Noon));

    [Fact]
    public void The_library_of_the_specification_signs_alike() =>
        Gen.Select(Keys, Ids, Gen.String[Gen.Char.AlphaNumeric, 0, 200]).Sample((key, id, body) =>
            new StandardWebhooks.StandardWebhook(SecretOf(key)).Sign(id, Noon, body) ==
            Signed(key, id, Encoding.UTF8.GetBytes(body)).Signature);

    [Fact]
    public void Whatever_is_altered_does_not_verify() =>
        Gen.Select(Keys, Ids, Gen.Byte.Array[1, 200], Gen.Int[0, 4], Gen.UInt).Sample((key, id, body, part, where) =>
        {
            var request = Signed(key, id, body);
            var other = part switch
            {
                0 => request with { Body = Flipped(body, where) },
                1 => request with { Id = id + "0" },
                2 => request with { Timestamp = WebhookSignature.Timestamp(Noon.AddSeconds(1)) },
                3 => request with { Body = [.. body, 0] },
                _ => request with { Signature = Signed(Flipped(key, where), id, body).Signature },
            };
            return !Verifier.Accepts(other, SecretOf(key), Noon);
        });

    [Fact]
    public void A_replayed_request_does_not_verify()
    {
        var key = Encoding.UTF8.GetBytes("twenty-four bytes at least");
        var request = Signed(key, "id", [1]);

        Assert.True(Verifier.Accepts(request, SecretOf(key), Noon.AddMinutes(5)));
        Assert.False(Verifier.Accepts(request, SecretOf(key), Noon.AddMinutes(5).AddSeconds(1)));
    }

    [Theory]
    [InlineData("whsec_AAEC", new byte[] { 0, 1, 2 })]
    [InlineData("AAEC", new byte[] { 0, 1, 2 })]
    [InlineData("whsec_", null)]
    [InlineData("whsec_not base64!", null)]
    [InlineData("whsec_AAE", null)]
    public void A_secret_is_base64_with_or_without_its_prefix(string secret, byte[]? key) =>
        Assert.Equal(key, WebhookKey.Decode(secret));

    private static HookRequest Signed(byte[] key, string id, byte[] body)
    {
        var timestamp = WebhookSignature.Timestamp(Noon);
        return new HookRequest(id, timestamp, WebhookSignature.Of(key, id, timestamp, body), ContentType: null, body);
    }

    private static string SecretOf(byte[] key) => "whsec_" + Convert.ToBase64String(key);

    private static byte[] Flipped(byte[] bytes, uint where)
    {
        var flipped = bytes.ToArray();
        flipped[where / 8 % bytes.Length] ^= (byte)(1 << (int)(where % 8));
        return flipped;
    }
}
