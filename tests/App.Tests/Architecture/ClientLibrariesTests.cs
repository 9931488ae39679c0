using System.Text.Json;
using System.Text.RegularExpressions;
using App.Tests.Support;

namespace App.Tests.Architecture;

/// <summary>LibMan's manifest is what the build does with npm's files: the same libraries, versions and files.</summary>
public sealed partial class ClientLibrariesTests
{
    sealed record Library(string Name, string Version, string Destination, string[] Files);

    static readonly Library[] Manifest = [.. JsonDocument.Parse(Repository.Read("src", "App", "libman.json")).RootElement.GetProperty("libraries").EnumerateArray().Select(Read)];

    static Library Read(JsonElement library)
    {
        var at = library.GetProperty("library").GetString()!.LastIndexOf('@');
        return new(library.GetProperty("library").GetString()![..at], library.GetProperty("library").GetString()![(at + 1)..], library.GetProperty("destination").GetString()!, [.. library.GetProperty("files").EnumerateArray().Select(f => f.GetString()!)]);
    }

    [Fact]
    public void Versions_are_those_of_the_lock_file()
    {
        var packages = JsonDocument.Parse(Repository.Read("package-lock.json")).RootElement.GetProperty("packages");
        Manifest.ShouldNotBeEmpty();
        foreach (var library in Manifest) packages.GetProperty("node_modules/" + library.Name).GetProperty("version").GetString().ShouldBe(library.Version, library.Name);
    }

    [Fact]
    public void Files_are_those_that_the_build_copies()
    {
        var copied = Copy().Matches(Repository.Read("src", "App", "App.csproj")).Select(m => (From: m.Groups["from"].Value, To: "wwwroot/lib/" + m.Groups["to"].Value));
        var listed = Manifest.SelectMany(l => l.Files.Select(f => (From: $"{l.Name}/{f}", To: $"{l.Destination}/{Path.GetFileName(f)}")));
        copied.Order().ShouldBe(listed.Order());
    }

    [GeneratedRegex("""<ClientLibrary Include="\.\./\.\./node_modules/(?<from>[^"]+)" To="(?<to>[^"]+)" />""")]
    private static partial Regex Copy();
}
