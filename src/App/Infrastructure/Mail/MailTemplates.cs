using System.Collections.Concurrent;
using App.Infrastructure.Web;
using HandlebarsDotNet;

namespace App.Infrastructure.Mail;

/// <param name="Html">Null where the program was built without Node and so without the HTML parts.</param>
public sealed record MailWords(string Subject, string? Html, string Text);

/// <summary>
/// The mails of <c>content/mail</c>, compiled once: HTML from MJML, where every value is escaped, and plain text in the same order, where none is. The first line of the text is the subject.
/// A name that the model lacks is an error, not a hole in a sentence.
/// </summary>
public sealed class MailTemplates
{
    static readonly IHandlebars html = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true });
    static readonly IHandlebars text = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true, NoEscape = true });
    // A process may hold several applications: tests do.
    static readonly ConcurrentDictionary<string, (HandlebarsTemplate<object, object>? Html, HandlebarsTemplate<object, object> Text)> compiled = new(StringComparer.Ordinal);

    /// <summary>With the language that is spoken now, for those who read a mail aloud and from right to left.</summary>
    public MailWords Render(string name, IReadOnlyDictionary<string, object?> words)
    {
        var model = new Dictionary<string, object?>(words) { ["lang"] = Language.Current.Code, ["dir"] = Language.Current.Direction, ["start"] = Language.Current.Direction == "rtl" ? "right" : "left" };
        var template = compiled.GetOrAdd(name, Compile);
        var plain = template.Text(model).ReplaceLineEndings("\n");
        var end = plain.IndexOf('\n', StringComparison.Ordinal);
        return new(OneLine(plain[..end]), template.Html?.Invoke(model), plain[end..].Trim() + "\n");
    }

    static (HandlebarsTemplate<object, object>?, HandlebarsTemplate<object, object>) Compile(string name) =>
        (Read(name + ".hbs") is { } page ? html.Compile(page) : null, text.Compile(Read(name + ".txt.hbs") ?? throw new InvalidOperationException($"There is no mail {name}.")));

    static string? Read(string file)
    {
        using var stream = typeof(MailTemplates).Assembly.GetManifestResourceStream("mail/" + file);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    static string OneLine(string subject) => string.Join(' ', subject.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
