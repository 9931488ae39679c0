using System.Text;

namespace App.Tests.Support;

/// <summary>A command of the command line, run in this process by the program's own entry point: what it prints, and how it ends. Ten times quicker than a process of its own, which <c>ChildApp.Run</c> starts; each command keeps one test of that.</summary>
public static class Typed
{
    static readonly AsyncLocal<StringBuilder?> heard = new();
    static readonly Lazy<bool> listens = new(Listen);

    public static async Task<(int Exit, string Said)> Foyer(params string[] words)
    {
        _ = listens.Value;
        heard.Value = new();
        var exit = await Program.Main(words);
        return (exit, heard.Value.ToString());
    }

    static bool Listen()
    {
        Console.SetOut(new Ear(Console.Out));
        Console.SetError(new Ear(Console.Error));
        return true;
    }

    /// <summary>Hears what belongs to a command, and passes on the rest: other tests print too.</summary>
    sealed class Ear(TextWriter console) : TextWriter
    {
        public override Encoding Encoding => console.Encoding;

        public override void Write(char value)
        {
            if (heard.Value is { } said) said.Append(value);
            else console.Write(value);
        }

        public override void Write(string? value)
        {
            if (heard.Value is { } said) said.Append(value);
            else console.Write(value);
        }
    }
}
