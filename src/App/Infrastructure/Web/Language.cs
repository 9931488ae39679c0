using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.Net.Http.Headers;

namespace App.Infrastructure.Web;

/// <summary>A language that pages speak, and how it writes dates and sums. The patterns stand here, not in the machine's locale data, so that two machines write the same.</summary>
/// <param name="Name">As its speakers write it.</param>
/// <param name="Day">Friday 12 March 2027.</param>
/// <param name="ShortDay">Fri 12 March 2027.</param>
/// <param name="Date">12 March.</param>
/// <param name="Weekday">Friday 12 March, where everybody knows the year.</param>
/// <param name="ShortWeekday">Fri 12 Mar.</param>
/// <param name="Zone">{0} is a city.</param>
public sealed record Language(string Code, string Name, CultureInfo Culture, string Day, string ShortDay, string LongDate, string Date, string Weekday, string ShortWeekday, string Zone, string Group, string Point, bool SymbolLast)
{
    public static Language English { get; } = new("en", "English", CultureInfo.InvariantCulture, "dddd d MMMM yyyy", "ddd d MMMM yyyy", "d MMMM yyyy", "d MMMM", "dddd d MMMM", "ddd d MMM", "{0} time", ",", ".", false);

    public static IReadOnlyList<Language> All { get; } =
    [
        English,
        new("es", "Español", Named("es"), "dddd d 'de' MMMM 'de' yyyy", "ddd d 'de' MMMM 'de' yyyy", "d 'de' MMMM 'de' yyyy", "d 'de' MMMM", "dddd d 'de' MMMM", "ddd d MMM", "hora de {0}", ".", ",", true),
        new("de", "Deutsch", Named("de"), "dddd, d. MMMM yyyy", "ddd, d. MMMM yyyy", "d. MMMM yyyy", "d. MMMM", "dddd, d. MMMM", "ddd, d. MMM", "Ortszeit {0}", ".", ",", true),
        new("fr", "Français", Named("fr"), "dddd d MMMM yyyy", "ddd d MMMM yyyy", "d MMMM yyyy", "d MMMM", "dddd d MMMM", "ddd d MMM", "heure de {0}", "\u202f", ",", true),
        new("ar", "العربية", Named("ar"), "dddd، d MMMM yyyy", "dddd، d MMMM yyyy", "d MMMM yyyy", "d MMMM", "dddd، d MMMM", "dddd، d MMMM", "بتوقيت {0}", ",", ".", false),
    ];

    static readonly AsyncLocal<Language?> current = new();

    /// <summary>Of the page, mail, paper or file that is being made. The back office: English.</summary>
    public static Language Current
    {
        get => current.Value ?? English;
        set { if (!ReferenceEquals(value, Current)) current.Value = value; }
    }

    /// <summary>Speaks this language until it is disposed of, then again the one before.</summary>
    public Speech Speak()
    {
        var before = Current;
        Current = this;
        return new(before);
    }

    public readonly struct Speech(Language before) : IDisposable
    {
        public void Dispose() => Current = before;
    }

    public static Language? Find(string? code) => All.FirstOrDefault(l => l.Code == code);

    public string Direction => Code == "ar" ? "rtl" : "ltr";

    public string Write(DateTimeOffset at, string pattern) => at.ToString(pattern, Culture);
    public string Write(DateOnly day, string pattern) => day.ToString(pattern, Culture);

    /// <summary>Between two of a list, and before a time.</summary>
    public string Comma => Code == "ar" ? "، " : ", ";

    /// <summary>1,234.50 as this language groups and points it.</summary>
    public string Write(decimal number, int digits) => number.ToString("N" + digits, new NumberFormatInfo { NumberGroupSeparator = Group, NumberDecimalSeparator = Point });

    /// <summary>CLDR's plural category of a whole number.</summary>
    public string Form(long n) => Code switch
    {
        "fr" => n is 0 or 1 ? "one" : "other",
        "ar" => n switch { 0 => "zero", 1 => "one", 2 => "two", _ => (n % 100) switch { >= 3 and <= 10 => "few", >= 11 => "many", _ => "other" } },
        _ => n == 1 ? "one" : "other",
    };

    /// <summary>The categories a counted sentence needs in this language.</summary>
    public IReadOnlyList<string> Forms => Code == "ar" ? ["zero", "one", "two", "few", "many", "other"] : ["one", "other"];

    /// <summary>Two letters say little to most people: English for who reads English, else the language's name for itself.</summary>
    public static string NameOf(string code)
    {
        try { return CultureInfo.GetCultureInfo(code, predefinedOnly: true) is var culture && ReferenceEquals(Current, English) ? culture.EnglishName : culture.NativeName; }
        catch (CultureNotFoundException) { return code; }
    }

    /// <summary>A language that people write, by its code as in BCP 47.</summary>
    public static bool IsKnown(string code)
    {
        try { return code.Length > 1 && CultureInfo.GetCultureInfo(code, predefinedOnly: true) is not null; }
        catch (CultureNotFoundException) { return false; }
    }

    // The Gregorian calendar, whatever the machine thinks of the language's country.
    static CultureInfo Named(string code)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(code).Clone();
        if (culture.DateTimeFormat.Calendar is not GregorianCalendar) culture.DateTimeFormat.Calendar = new GregorianCalendar();
        return CultureInfo.ReadOnly(culture);
    }
}

/// <summary>Chooses a page's language: what its address says (<c>?lang=de</c>, remembered in a cookie), what was chosen before, what the browser asks for. Paths of the back office speak English.</summary>
/// <param name="englishOnly">First words of paths.</param>
public sealed class Languages(SiteOptions site, IReadOnlyList<string> englishOnly)
{
    public const string Parameter = "lang";
    const int Most = 1_000;
    readonly string cookie = site.CookieName(Parameter);
    readonly ConcurrentDictionary<string, Language> asked = new(StringComparer.Ordinal);

    public Task Choose(HttpContext context, RequestDelegate next)
    {
        Language.Current = Of(context.Request);
        if (context.Request.QueryString.HasValue && Language.Find(context.Request.Query[Parameter]) is { } chosen)
            context.Response.OnStarting(() => { Remember(context, chosen); return Task.CompletedTask; });
        return next(context);
    }

    /// <summary>When the answer begins: a page that is kept for everybody is made before that, and keeps no cookie.</summary>
    void Remember(HttpContext context, Language chosen) =>
        context.Response.Cookies.Append(cookie, chosen.Code, new() { HttpOnly = true, SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, Secure = site.IsSecure, Path = "/", MaxAge = TimeSpan.FromDays(180), IsEssential = true });

    Language Of(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        foreach (var word in englishOnly)
            if (path.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (path.Length == word.Length || path[word.Length] == '/')) return Language.English;
        if (request.QueryString.HasValue && Language.Find(request.Query[Parameter]) is { } named) return named;
        if (request.Headers.Cookie.Count > 0 && Language.Find(request.Cookies[cookie]) is { } known) return known;
        var header = request.Headers.AcceptLanguage.ToString();
        if (header.Length == 0) return Language.English;
        if (asked.TryGetValue(header, out var before)) return before;
        if (asked.Count >= Most) asked.Clear();
        return asked[header] = Wanted(header);
    }

    /// <summary>The best of what a browser says it reads, by weight and then in its order.</summary>
    internal static Language Wanted(string header)
    {
        if (!StringWithQualityHeaderValue.TryParseList([header], out var wishes)) return Language.English;
        return wishes.Where(w => w.Quality is not 0).OrderByDescending(w => w.Quality ?? 1).Select(w => Language.Find(w.Value.Value?.Split('-')[0].ToLowerInvariant())).FirstOrDefault(l => l is not null) ?? Language.English;
    }

    /// <summary>Links to this page in each language.</summary>
    /// <param name="label">What they are for, in words.</param>
    public static IHtmlContent Menu(HttpRequest request, string label)
    {
        var links = request.QueryString.HasValue ? LinksOf(Language.Current, l => Link(request, l)) : plain[Language.Current.Code];
        return new HtmlString($"""<nav class="languages" aria-label="{HtmlEncoder.Default.Encode(label)}"><ul>{links}</ul></nav>""");
    }

    static readonly FrozenDictionary<string, string> plain = Language.All.ToFrozenDictionary(l => l.Code, l => LinksOf(l, other => $"?{Parameter}={other.Code}"));

    static string LinksOf(Language current, Func<Language, string> link) => string.Concat(
        Language.All.Select(l => $"""<li><a href="{HtmlEncoder.Default.Encode(link(l))}" lang="{l.Code}" hreflang="{l.Code}" dir="{l.Direction}"{(l == current ? " aria-current='true'" : "")}>{l.Name}</a></li>"""));

    /// <summary>This page in another language: its address with what it was asked, without what was a deed.</summary>
    public static string Link(HttpRequest request, Language language)
    {
        var others = request.Query.Where(q => q.Key is not (Parameter or "handler")).SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v)));
        return QueryString.Create([.. others, KeyValuePair.Create(Parameter, (string?)language.Code)]).ToString();
    }
}
