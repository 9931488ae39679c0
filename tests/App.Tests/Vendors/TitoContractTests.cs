using System.Net.Http.Json;
using System.Text.Json;
using App.Infrastructure.Vendors.Tito;
using App.Tests.Support;
using Sandbox;

namespace App.Tests.Vendors;

/// <summary>What Foyer asks of Tito, what the sandbox answers and what it tells, held against what we know of Tito (openapi/tito.json).</summary>
public sealed class TitoContractTests : IAsyncLifetime
{
    readonly Contract contract = new(VendorDocument.Tito);
    SandboxHost sandbox = null!;
    TitoClient client = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxHost.Start();
        client = new(new TitoOptions { Token = "secret", BaseUrl = sandbox.BaseUrl, PageSize = 10 }, TimeProvider.System, contract);
        await Tell(new { tickets = 40 });
    }

    public async Task DisposeAsync()
    {
        await sandbox.DisposeAsync();
        contract.Dispose();
    }

    async Task Tell(object wanted) => (await sandbox.Http.PostAsJsonAsync("/_sandbox/tito", wanted)).EnsureSuccessStatusCode();

    [Fact]
    public async Task Every_page_is_asked_for_and_answered_as_the_document_says()
    {
        (await client.ListTickets("lantern-house", "lantern-days", null, default)).Count.ShouldBe(40);
        (await client.ListTickets("lantern-house", "lantern-days", TimeProvider.System.GetUtcNow().AddHours(-1), default)).ShouldBeEmpty();
        contract.Exchanges.Count.ShouldBe(5);
        contract.Exchanges.ShouldAllBe(e => e.Request.Headers.Authorization!.ToString() == "Token token=secret");
        contract.Exchanges.Last().Request.RequestUri!.Query.ShouldEndWith("+UTC&page[number]=1&page[size]=10");
        contract.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_is_one_of_the_documents_and_its_reason_is_read()
    {
        (await Should.ThrowAsync<TitoException>(() => client.ListTickets("lantern-house", "none", null, default))).Message.ShouldContain("Resource not found");
        await sandbox.BehaveAsTito(new Behaviour(FailRate: 1, FailStatus: 401));
        (await Should.ThrowAsync<TitoException>(() => client.ListTickets("lantern-house", "lantern-days", null, default))).Status.ShouldBe(401);
        contract.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ticket.completed", "WebhookTicket")]
    [InlineData("ticket.voided", "WebhookTicket")]
    [InlineData("registration.cancelled", "WebhookRegistration")]
    public async Task What_is_told_is_as_the_document_says(string trigger, string schema)
    {
        await using var receiver = await WebhookReceiver.Start();
        await Tell(new { slug = "ti_0002", state = trigger == "ticket.voided" ? "void" : "complete", url = receiver.Url, token = "t", trigger });
        var (_, body) = receiver.Received.ShouldHaveSingleItem();
        VendorDocument.Tito.Check(JsonDocument.Parse(body).RootElement, schema).ShouldBeEmpty();
    }
}
