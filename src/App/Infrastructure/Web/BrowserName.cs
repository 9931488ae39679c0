namespace App.Infrastructure.Web;

/// <summary>What a person calls the browser they ask with: enough to know one's own, too little to track by.</summary>
public static class BrowserName
{
    const string Browser = "A browser", Device = "a device", On = " on ";
    static readonly (string Mark, string Name)[] Browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    static readonly (string Mark, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string? agent) => $"{Name(Browsers, agent) ?? Browser}{On}{Name(Systems, agent) ?? Device}";

    /// <summary>What <see cref="Of"/> made and somebody kept, in the reader's language.</summary>
    public static string Say(string kept, Texts texts)
    {
        if (kept.Split(On) is not [var browser, var system]) return texts.Of("frame.some-browser");
        if (browser == Browser) browser = texts.Of("frame.some-browser");
        return system == Device ? browser : texts.Of("frame.browser-on", browser, system);
    }

    static string? Name((string Mark, string Name)[] known, string? agent) => agent is null ? null : Array.Find(known, k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
