using System.Text.Json;
using System.Text.Json.Nodes;
using App.Infrastructure.Vendors.SendGrid;
using App.Tests.Support;
using Sandbox;

namespace App.Tests.Vendors;

public sealed class SendGridContractTests : IAsyncLifetime
{
    readonly Contract contract = new(VendorDocument.SendGrid);
    SandboxHost sandbox = null!;
    SendGridClient client = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxHost.Start();
        client = new(sandbox.SendGridOptions, TimeProvider.System, contract);
    }

    public async Task DisposeAsync()
    {
        await sandbox.DisposeAsync();
        contract.Dispose();
    }

    [Fact]
    public async Task A_mail_with_everything_Foyer_sends_arrives_as_it_left()
    {
        var mail = Tickets() with
        {
            ReplyTo = new("help@example.org", "Teatro Salitre"),
            Categories = ["tickets"],
            Attachments = [new([1, 2, 3], "application/pdf", "tickets.pdf"), new([4, 5], "image/png", "code.png", "inline", "code-1")],
        };
        var id = await client.Send(mail, default);
        var taken = (await sandbox.Mails("ines@")).Single();
        taken.GetProperty("id").GetString().ShouldBe(id);
        var sent = taken.GetProperty("mail");
        sent.GetProperty("attachments")[0].GetProperty("content").GetBytesFromBase64().ShouldBe([1, 2, 3]);
        sent.GetProperty("attachments")[1].GetProperty("content_id").GetString().ShouldBe("code-1");
        (await sandbox.Http.GetStringAsync($"/mail/{id}/html")).ShouldContain($"/mail/{id}/files/1", Case.Sensitive, "an inline picture is shown");
        (await sandbox.Http.GetByteArrayAsync($"/mail/{id}/files/0")).ShouldBe([1, 2, 3]);
        (await sandbox.Http.GetStringAsync("/mail")).ShouldContain("Your tickets &amp; seats");
        contract.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mail_sent_again_carries_the_same_message_id()
    {
        await sandbox.BehaveAsSendGrid(new Behaviour(CutNext: 1));
        await Should.ThrowAsync<SendGridUnavailableException>(() => client.Send(Tickets(), default));
        await client.Send(Tickets(), default);
        await client.Send(Tickets(), default);
        var ids = (await sandbox.Mails()).Select(m => m.GetProperty("mail").GetProperty("personalizations")[0]).ToArray();
        ids.Length.ShouldBe(2);
        ids.Select(p => p.GetProperty("headers").GetProperty("Message-ID").GetString()).Distinct().Single().ShouldBe("<tickets-7@example.org>");
        ids.Select(p => p.GetProperty("custom_args").GetProperty("foyer_mail").GetString()).Distinct().Single().ShouldBe("tickets-7");
    }

    [Fact]
    public async Task What_SendGrid_refuses_is_told_with_the_field()
    {
        var no = await Should.ThrowAsync<SendGridException>(() => client.Send(Mail.To("not an address", null, "x", client.From, "Hello", "text", "<p>html"), default));
        no.Status.ShouldBe(400);
        no.Faults.Single().Field.ShouldBe("personalizations.0.to.0.email");
        var key = new SendGridClient(sandbox.SendGridOptions with { ApiKey = "wrong" }, TimeProvider.System);
        (await Should.ThrowAsync<SendGridException>(() => key.Send(Tickets(), default))).Status.ShouldBe(401);
        contract.Exchanges.ShouldAllBe(e => e.Status == 400);
        contract.Faults.Where(f => f.Contains("answer", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory, InlineData(500), InlineData(503), InlineData(429)]
    public async Task Trouble_at_SendGrid_is_no_answer(int status)
    {
        await sandbox.BehaveAsSendGrid(new Behaviour(FailNext: 1, FailStatus: status));
        await Should.ThrowAsync<SendGridUnavailableException>(() => client.Send(Tickets(), default));
        (await sandbox.Mails()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_key_no_mail_is_tried()
    {
        var none = new SendGridClient(new SendGridOptions(), TimeProvider.System, contract);
        none.IsAvailable.ShouldBeFalse();
        await Should.ThrowAsync<SendGridUnavailableException>(() => none.Send(Tickets(), default));
        contract.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_planted_fault_in_a_mail_is_found_out()
    {
        await client.Send(Tickets(), default);
        var good = contract.Exchanges.Single().Body;
        Check(_ => { }).ShouldBeEmpty();
        Check(m => m["subjekt"] = "x").ShouldNotBeEmpty();
        Check(m => m.Remove("from")).ShouldNotBeEmpty();
        Check(m => m["personalizations"]![0]!["to"] = "ines@example.com").ShouldNotBeEmpty();
        Check(m => m["content"]![0]!["value"] = "").ShouldNotBeEmpty();

        IReadOnlyList<string> Check(Action<JsonObject> change)
        {
            var changed = JsonNode.Parse(good)!.AsObject();
            change(changed);
            return VendorDocument.SendGrid.CheckRequest("POST", new("https://api.sendgrid.com/v3/mail/send"), "application/json", changed.ToJsonString());
        }
    }

    Mail Tickets() => Mail.To("ines@example.com", "Inês Duarte", "tickets-7", client.From, "Your tickets & seats", "Here they are.", "<p>Here they are: <img src=\"cid:code-1\" alt=\"\">");
}
