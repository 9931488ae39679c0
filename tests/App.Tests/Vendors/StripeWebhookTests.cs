using System.Text;
using System.Text.Json;
using App.Infrastructure.Vendors.Stripe;

namespace App.Tests.Vendors;

public sealed class StripeWebhookTests
{
    static readonly byte[] Payload = Resource("stripe-event_test_signature.json");
    static readonly JsonElement Vectors = JsonDocument.Parse(Resource("stripe-webhook.json")).RootElement;
    static readonly string Secret = Vectors.GetProperty("secret").GetString()!;
    static readonly string Header = Vectors.GetProperty("header").GetString()!;
    static readonly DateTimeOffset Noon = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    public static TheoryData<string> Cases => [.. Vectors.GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];
    public static TheoryData<string> Malformed => [.. Vectors.GetProperty("malformed_headers_must_be_rejected").EnumerateArray().Select(h => h.GetString()!)];

    [Theory, MemberData(nameof(Cases))]
    public void Stripes_own_cases_come_out_as_Stripe_says(string name)
    {
        var its = Vectors.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
        byte[] body = its.TryGetProperty("append_to_body", out var more) ? [.. Payload, .. Encoding.UTF8.GetBytes(more.GetString()!)] : Payload;
        StripeWebhook.Verify(body, Text(its, "header") ?? Header, [Text(its, "secret") ?? Secret], DateTimeOffset.FromUnixTimeSeconds(its.GetProperty("now").GetInt64()))
            .ShouldBe(its.GetProperty("expect").GetString() == "accept");
    }

    [Theory, MemberData(nameof(Malformed))]
    [InlineData("t=99999999999999999999999,v1=00")]
    [InlineData("t=-5,v1=00")]
    [InlineData("v1=zz,t=1533204620")]
    [InlineData("t=1533204620,v1=zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void A_malformed_header_is_a_plain_no(string header) => StripeWebhook.Verify(Payload, header, [Secret], DateTimeOffset.FromUnixTimeSeconds(1_533_204_620)).ShouldBeFalse();

    [Fact]
    public void No_header_is_a_plain_no() => StripeWebhook.Verify(Payload, null, [Secret], Noon).ShouldBeFalse();

    [Fact]
    public void While_a_secret_is_rotated_either_is_good()
    {
        foreach (var signer in new[] { "whsec_old", "whsec_new" })
            StripeWebhook.Verify(Payload, StripeWebhook.Header(Payload, signer, Noon), ["whsec_old", "whsec_new"], Noon).ShouldBeTrue();
        StripeWebhook.Verify(Payload, StripeWebhook.Header(Payload, "whsec_old", Noon), ["whsec_new"], Noon).ShouldBeFalse();
    }

    [Fact]
    public void Without_a_secret_nothing_is_good()
    {
        StripeWebhook.Verify(Payload, StripeWebhook.Header(Payload, "", Noon), [], Noon).ShouldBeFalse();
        StripeWebhook.Verify(Payload, StripeWebhook.Header(Payload, "", Noon), [""], Noon).ShouldBeFalse();
    }

    [Fact]
    public void One_changed_byte_breaks_the_seal()
    {
        var header = StripeWebhook.Header(Payload, Secret, Noon);
        for (var i = 0; i < Payload.Length; i += 17)
        {
            var changed = Payload.ToArray();
            changed[i] ^= 1;
            StripeWebhook.Verify(changed, header, [Secret], Noon).ShouldBeFalse();
        }
    }

    [Fact]
    public void An_event_is_read_with_the_account_it_happened_on()
    {
        var e = StripeWebhook.Parse(Payload).ShouldNotBeNull();
        (e.Id, e.Type, e.Account).ShouldBe(("evt_123", "customer.created", "acct_123"));
    }

    [Fact]
    public void A_thin_event_of_the_second_version_is_no_event()
    {
        StripeWebhook.Parse(Encoding.UTF8.GetBytes(Vectors.GetProperty("v2_thin_event_body_must_not_parse_as_v1").GetRawText())).ShouldBeNull();
        foreach (var body in new[] { "", "null", "[]", "{}", "{\"id\":\"evt_1\",\"type\":\"x\",\"created\":1}", "{\"id\":\"evt_1\",\"type\":\"x\",\"created\":1,\"data\":{}}", "not json" })
            StripeWebhook.Parse(Encoding.UTF8.GetBytes(body)).ShouldBeNull(body);
    }

    static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString() : null;

    static byte[] Resource(string name)
    {
        using var file = typeof(StripeWebhookTests).Assembly.GetManifestResourceStream("vectors/" + name)!;
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }
}
