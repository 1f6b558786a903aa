using System.Text;
using CsCheck;
using JobWatcher.HuaweiCloud.Authentication;

namespace JobWatcher.HuaweiCloud.Tests.Authentication;

public sealed class AccessKeySignerTests
{
    private const string SdkDate = "20261124T141722Z";

    private static readonly Gen<string> Text = Gen.Char["abcXYZ019-_.~ /+%é中=&"].Array[0, 8].Select(chars => new string(chars));

    private static readonly Gen<(string Name, string Value)[]> Parameters =
        Gen.Select(Text.Where(name => name.Length > 0), Text).Array[1, 5];

    public static TheoryData<string> Vectors => [.. SigningVector.All.Keys];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_captured_request_of_the_vendors_SDK_is_reproduced(string name)
    {
        var vector = SigningVector.All[name];

        var canonical = CanonicalRequest.Of(vector.Method, vector.Path, vector.Query, vector.SignedHeaders, []);
        var stringToSign = AccessKeySigner.StringToSign(canonical, vector.SdkDate);

        Assert.Equal(vector.CanonicalRequest, canonical.Text);
        Assert.Equal(vector.StringToSign, stringToSign);
        Assert.Equal(vector.Signature, AccessKeySigner.Sign(stringToSign, SigningVector.Credentials.SecretKey));
        Assert.Equal(
            vector.Authorization, AccessKeySigner.Authorization(canonical, vector.SdkDate, SigningVector.Credentials));
    }

    [Fact]
    public void The_order_of_query_parameters_does_not_matter() =>
        Gen.Select(Parameters, Gen.Int).Sample((parameters, seed) =>
        {
            var shuffled = parameters.ToArray();
            new Random(seed).Shuffle(shuffled);

            Assert.Equal(Signature(Query(parameters)), Signature(Query(shuffled)));
        }, iter: Iterations.Of(200));

    [Fact]
    public void The_order_and_case_of_headers_do_not_matter() =>
        Gen.Int.Sample(seed =>
        {
            var vector = SigningVector.All["security-token"];
            var headers = vector.SignedHeaders.Select(header => KeyValuePair.Create(header.Key.ToUpperInvariant(), $" {header.Value} ")).ToArray();
            new Random(seed).Shuffle(headers);

            var canonical = CanonicalRequest.Of(vector.Method, vector.Path, vector.Query, headers, []);

            Assert.Equal(vector.CanonicalRequest, canonical.Text);
        }, iter: Iterations.Of(100));

    [Fact]
    public void The_way_a_character_is_encoded_does_not_matter() =>
        Assert.Equal(Signature("?job_name=a%2db c"), Signature("?job_name=a-b+c"));

    [Fact]
    public void Any_altered_byte_changes_the_signature() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 31], Gen.Int[1, 25]).Sample((part, position, shift) =>
        {
            string[] parts = ["GET", "/v3/project/immediate-jobs", "?status=Failed&limit=50", "body", "header"];
            var altered = parts.ToArray();
            var at = position % parts[part].Length;
            altered[part] = Alter(parts[part], at, shift);

            Assert.NotEqual(Sign(parts), Sign(altered));
        }, iter: Iterations.Of(500));

    [Fact]
    public void Another_secret_key_gives_another_signature() =>
        Assert.NotEqual(AccessKeySigner.Sign("text", "one"), AccessKeySigner.Sign("text", "other"));

    // Letters stay letters and separators become one, so that the alteration survives the canonical form.
    private static string Alter(string text, int at, int shift)
    {
        var letter = char.IsAsciiLetter(text[at]) ? (char)('a' + ((char.ToLowerInvariant(text[at]) - 'a' + shift) % 26)) : 'x';
        return text[..at] + letter + text[(at + 1)..];
    }

    private static string Sign(string[] parts)
    {
        var headers = new[] { KeyValuePair.Create("Host", "example.com"), KeyValuePair.Create("X-Language", parts[4]) };
        var canonical = CanonicalRequest.Of(parts[0], parts[1], parts[2], headers, Encoding.UTF8.GetBytes(parts[3]));
        return AccessKeySigner.Sign(AccessKeySigner.StringToSign(canonical, SdkDate), SigningVector.Credentials.SecretKey);
    }

    private static string Query((string Name, string Value)[] parameters) =>
        "?" + string.Join('&', parameters.Select(parameter =>
            $"{Uri.EscapeDataString(parameter.Name)}={Uri.EscapeDataString(parameter.Value)}"));

    private static string Signature(string query) => Sign(["GET", "/v3/project/immediate-jobs", query, "", "en-us"]);
}
