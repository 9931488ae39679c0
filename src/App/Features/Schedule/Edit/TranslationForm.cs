using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Edit;

/// <summary>Texts in several languages, as they are typed: those themselves in fields of their own, the others in fields named <c>title-de</c>.</summary>
/// <param name="of">The language of the texts themselves.</param>
/// <param name="offered">Languages to write in.</param>
public sealed class TranslationForm(string of, IReadOnlyList<string> offered)
{
    const int Most = 16;
    readonly Dictionary<(string Field, string Language), string> texts = [];
    readonly HashSet<string> told = new(StringComparer.Ordinal);
    bool isRenamed;

    public static TranslationForm None { get; } = new("", []);

    public string Of => of;
    public IReadOnlyList<string> Offered { get; } = offered.Contains(of) ? offered : [of, .. offered];
    public IEnumerable<string> Others => Offered.Where(l => l != of);
    public string this[string field] => this[field, of];
    public string this[string field, string language] => texts.GetValueOrDefault((field, language), "");

    /// <summary>Those that pages speak, and what else is written or spoken at this conference.</summary>
    public static IReadOnlyList<string> Languages(ConferenceSchedule schedule, CatalogueEvent e) =>
        [.. Language.All.Select(l => l.Code).Append(e.Language.Code).Concat(schedule.TextLanguages).Concat(schedule.Languages.Where(l => l.Length == 2)).Distinct(StringComparer.Ordinal).Take(Most)];

    public TranslationForm Put(string field, string text, Translations? translations)
    {
        foreach (var (language, said) in translations?.All(text) ?? [new(of, text)]) texts[(field, language)] = said;
        if (translations is not null) told.Add(field);
        return this;
    }

    /// <summary>What was typed over what is known. Texts that are said to be in another language than before are in that one only: it was a mistake.</summary>
    public TranslationForm Typed(IFormCollection form, IEnumerable<string> fields)
    {
        var typed = new TranslationForm(Offered.FirstOrDefault(l => l == form["of"]) ?? of, Offered);
        typed.isRenamed = typed.Of != of;
        typed.told.UnionWith(told);
        foreach (var field in fields)
            foreach (var language in typed.Others.Where(l => l != of || form.ContainsKey($"{field}-{l}"))) typed.texts[(field, language)] = form.TryGetValue($"{field}-{language}", out var said) ? said.ToString() : this[field, language];
        foreach (var field in fields) typed.texts[(field, typed.Of)] = form[field].ToString();
        return typed;
    }

    /// <summary>A text with its translations, as they are kept. One that was never said to be in a language, and is in no other, stays so.</summary>
    /// <param name="clean">Of a field's name and what was typed there.</param>
    public (string Text, Translations? Others) Join(string field, string text, Func<string, string, string> clean)
    {
        var (said, others) = Translations.Chosen(Others.Select(l => KeyValuePair.Create(l, clean($"{field}-{l}", this[field, l]))).Prepend(new(of, text)), of);
        // An empty text has no language; an untouched one keeps having none.
        return others is null || (others.In.Count == 0 && others.Of == of && !told.Contains(field) && !isRenamed) ? (said, null) : (said, others);
    }

    /// <summary>What is said in the texts' own language and not in this one.</summary>
    public IEnumerable<TranslatedField> Missing(string language, IEnumerable<TranslatedField> fields) => fields.Where(f => this[f.Name].Length > 0 && this[f.Name, language].Length == 0);
}

/// <param name="Rows">1: a line.</param>
public sealed record TranslatedField(string Name, string Label, int Rows);

/// <param name="Fault">Of a field, in words; empty: none.</param>
public sealed record TranslationFields(TranslationForm Form, IReadOnlyList<TranslatedField> Fields, Func<string, string> Fault)
{
    /// <summary>How far a language is.</summary>
    public string Say(string language)
    {
        if (Fields.All(f => Form[f.Name, language].Length == 0)) return "nothing yet";
        TranslatedField[] missing = [.. Form.Missing(language, Fields)];
        return missing.Length == 0 ? "complete" : "missing: " + string.Join(", ", missing.Select(f => f.Label.ToLowerInvariant()));
    }

    public bool HasFault(string language) => Fields.Any(f => Fault($"{f.Name}-{language}").Length > 0);
}
