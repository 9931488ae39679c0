using App.Features.Organizations.Contracts;
using App.Tests.Support;
using Npgsql;

namespace App.Tests.Features.Organizations;

public sealed class OrganizationDirectoryTests
{
    [Fact]
    public async Task Many_who_ask_at_once_when_it_is_time_to_look_again_are_answered_by_one_look()
    {
        await using var app = await AppHost.Start();
        var (card, directory) = (await app.AddOrganization("lantern"), app.Get<OrganizationDirectory>());
        (await directory.Find(card.Id, default)).ShouldBe(card);
        app.Clock.Now += TimeSpan.FromSeconds(6);

        await using var connection = new NpgsqlConnection(app.Connection);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var shut = connection.CreateCommand())
        {
            shut.CommandText = "lock table doc_organization in access exclusive mode";
            await shut.ExecuteNonQueryAsync();
        }
        using var leaves = new CancellationTokenSource();
        var first = directory.Find(card.Id, leaves.Token).AsTask();
        var asked = Enumerable.Range(0, 20).Select(_ => directory.Find(card.Id, default).AsTask()).ToArray();
        await leaves.CancelAsync(); // whoever asked first takes nothing from the others
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        await transaction.CommitAsync();

        var answers = await Task.WhenAll(asked);
        answers.Distinct(ReferenceEqualityComparer.Instance).ShouldHaveSingleItem().ShouldBe(card);
        (await directory.Find(Guid.CreateVersion7(), default)).ShouldBeNull();
    }
}
