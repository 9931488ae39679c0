namespace App.Tests.Support;

/// <summary>What a test made, kept to be looked at: files go to the folder that FOYER_TEST_OUTPUT names, else nowhere.</summary>
public static class Keepsakes
{
    public static void Keep(string name, ReadOnlySpan<byte> content)
    {
        if (Environment.GetEnvironmentVariable("FOYER_TEST_OUTPUT") is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name), content);
    }
}
