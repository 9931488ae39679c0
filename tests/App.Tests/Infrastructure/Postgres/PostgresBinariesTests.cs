using App.Infrastructure.Postgres;

namespace App.Tests.Infrastructure.Postgres;

public sealed class PostgresBinariesTests : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("foyer-bin-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void One_in_the_path_that_is_too_old_does_not_hide_a_newer_one()
    {
        var (old, debian) = (Server("usr/bin", "14.9"), Server("debian/16/bin", "16.3"));
        Server("debian/13/bin", "13.1");
        PostgresBinaries.Find(root, old, Path.Combine(root, "debian")).ShouldBe(debian);
        PostgresBinaries.Find(root, $"{old}:{Server("opt/bin", "17.2")}", Path.Combine(root, "debian")).ShouldBe(Path.Combine(root, "opt/bin"));
    }

    [Fact]
    public void Where_there_is_none_that_will_do_it_is_said_what_was_found_and_what_to_do()
    {
        var nothing = Should.Throw<InvalidOperationException>(() => PostgresBinaries.Find(root, "", Path.Combine(root, "debian"))).Message;
        nothing.ShouldStartWith("No PostgreSQL server was found. Run `npm ci`");
        nothing.ShouldContain("ConnectionStrings__Foyer");

        var old = Server("usr/bin", "14.9");
        Should.Throw<InvalidOperationException>(() => PostgresBinaries.Find(root, old, Path.Combine(root, "debian"))).Message.ShouldContain($"that is new enough (PostgreSQL 14 in {old})");
    }

    [Theory]
    [InlineData(false, 18, true, null)]
    [InlineData(false, 15, true, null)]
    [InlineData(true, 18, true, "hot standby")]
    [InlineData(false, 14, true, "points at PostgreSQL 14. Foyer needs 15")]
    [InlineData(false, 18, false, "power cut would lose paid orders")]
    public void A_database_that_would_lose_or_double_a_sale_is_refused(bool isStandby, int major, bool isDurable, string? because)
    {
        if (because is null) Database.Fault(isStandby, major, isDurable, allowsUnsafe: false).ShouldBeNull();
        else Database.Fault(isStandby, major, isDurable, allowsUnsafe: false).ShouldNotBeNull().ShouldContain(because);
    }

    string Server(string folder, string version)
    {
        var bin = Directory.CreateDirectory(Path.Combine(root, folder)).FullName;
        foreach (var program in new[] { "postgres", "initdb" })
        {
            File.WriteAllText(Path.Combine(bin, program), $"#!/bin/sh\necho 'postgres (PostgreSQL) {version} (Somebody 1.2)'\n");
            File.SetUnixFileMode(Path.Combine(bin, program), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return bin;
    }
}
