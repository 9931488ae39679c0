using System.Net;
using System.Text.Json;
using App.Infrastructure.Mail;
using App.Infrastructure.Vendors.SendGrid;

namespace App.Tests.Infrastructure.Mail;

public sealed class MailerTests
{
    static readonly App.Infrastructure.Mail.Mail Sample = new("tickets.0a1b.1", "ines@example.com", "Inês Duarte", "Teatro Salitre", "door@salitre.example", "Your tickets", "<p>cid:ticket-1</p>", "text",
        [new("ticket-1.png", "image/png", [1, 2, 3], "ticket-1"), new("tickets.pdf", "application/pdf", [4])]);

    [Fact]
    public async Task A_mail_is_said_in_SendGrids_words()
    {
        var (answer, body) = await Send(Sample, HttpStatusCode.Accepted);
        answer.Refused.ShouldBeNull();
        var person = body.GetProperty("personalizations")[0];
        person.GetProperty("to")[0].GetProperty("email").GetString().ShouldBe("ines@example.com");
        person.GetProperty("headers").GetProperty("Message-ID").GetString().ShouldBe("<tickets.0a1b.1@foyer.example>");
        body.GetProperty("from").GetProperty("name").GetString().ShouldBe("Teatro Salitre");
        body.GetProperty("from").GetProperty("email").GetString().ShouldBe("tickets@foyer.example");
        body.GetProperty("reply_to").GetProperty("email").GetString().ShouldBe("door@salitre.example");
        body.GetProperty("content").EnumerateArray().Select(c => c.GetProperty("type").GetString()).ShouldBe(["text/plain", "text/html"]);
        var files = body.GetProperty("attachments").EnumerateArray().ToArray();
        files[0].GetProperty("content").GetString().ShouldBe("AQID");
        (files[0].GetProperty("disposition").GetString(), files[0].GetProperty("content_id").GetString()).ShouldBe(("inline", "ticket-1"));
        files[1].GetProperty("disposition").GetString().ShouldBe("attachment");
    }

    [Fact]
    public async Task Without_html_it_is_plain_text_and_a_contact_that_is_no_address_is_no_reply_address()
    {
        var (_, body) = await Send(Sample with { Html = null, ReplyTo = "+351 21 000 00 00" }, HttpStatusCode.Accepted);
        body.GetProperty("content").GetArrayLength().ShouldBe(1);
        body.TryGetProperty("reply_to", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_address_that_is_refused_is_an_answer_without_the_address()
    {
        var (answer, _) = await Send(Sample, HttpStatusCode.BadRequest, """{"errors":[{"message":"ines@example.com does not look right","field":"personalizations.0.to.0.email"}]}""");
        answer.Refused.ShouldBe("400 personalizations.0.to.0.email");
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task What_can_be_mended_is_tried_again(HttpStatusCode status) => await Should.ThrowAsync<Exception>(() => Send(Sample, status));

    [Fact]
    public async Task Without_a_key_mail_is_switched_off_and_says_so() =>
        (await Mailer.Through(new(new(), TimeProvider.System)).Send(Sample, default)).Refused.ShouldBe("not-configured");

    static async Task<(MailAnswer, JsonElement)> Send(App.Infrastructure.Mail.Mail mail, HttpStatusCode status, string answer = "")
    {
        var provider = new Provider(status, answer);
        var client = new SendGridClient(new() { ApiKey = "SG.test", FromAddress = "tickets@foyer.example" }, TimeProvider.System, provider);
        return (await Mailer.Through(client).Send(mail, default), provider.Body);
    }

    sealed class Provider(HttpStatusCode status, string answer) : HttpMessageHandler
    {
        public JsonElement Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var json = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            Body = json.RootElement.Clone();
            return new(status) { Content = new StringContent(answer) };
        }
    }
}
