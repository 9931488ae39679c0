using App.Infrastructure.Store;
using App.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace App.Tests.Infrastructure.Store;

/// <summary>A stored name is for ever: what was written under it must be read by every later version. A new one is added to the list by hand, from the .received file that this test leaves.</summary>
public sealed class StoredNamesTests
{
    [Fact]
    public async Task Stored_names_are_never_changed_or_removed()
    {
        await using var app = await App.Program.Build([$"--ConnectionStrings:Foyer={await Databases.New()}", "--Logging:LogLevel:Default=Error"]);
        var names = app.Services.GetRequiredService<StoredTypes>().All.Select(t => $"{t.Kind} {t.Name} {t.Json.Type.Name}").Order(StringComparer.Ordinal).ToArray();
        string[] folder = ["tests", "App.Tests", "Infrastructure", "Store"];
        var verified = Repository.Path([.. folder, "StoredNames.verified.txt"]);
        var known = File.Exists(verified) ? await File.ReadAllLinesAsync(verified) : [];
        if (!names.SequenceEqual(known)) await File.WriteAllLinesAsync(Repository.Path([.. folder, "StoredNames.received.txt"]), names);

        known.Except(names).ShouldBeEmpty("these were stored, and could not be read any more");
        names.Except(known).ShouldBeEmpty("new names: add them to StoredNames.verified.txt, they stay for ever");
    }
}
