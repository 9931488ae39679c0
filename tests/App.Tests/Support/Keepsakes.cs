namespace App.Tests.Support;

/// <summary>What a test made, kept to be looked at: files go to the folder that FOYER_TEST_OUTPUT names, else nowhere.</summary>
public static class Keepsakes
{
    static string? Folder => Environment.GetEnvironmentVariable("FOYER_TEST_OUTPUT") is { Length: > 0 } folder ? folder : null;

    /// <summary>Somebody wants to look: else nothing need be made.</summary>
    public static bool AreWanted => Folder is not null;

    public static void Keep(string name, ReadOnlySpan<byte> content)
    {
        if (Folder is not { } folder) return;
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name), content);
    }
}
