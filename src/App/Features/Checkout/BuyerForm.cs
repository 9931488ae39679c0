using System.Net.Mail;
using System.Text;
using App.Infrastructure;
using App.Infrastructure.Web;

namespace App.Features.Checkout;

/// <summary>What a buyer types: two fields, and two more for a company's invoice.</summary>
public sealed class BuyerForm
{
    const int MostLetters = 200, MostInAddress = 254, MostInVat = 40;

    public string? Email { get; init; }
    public string? Name { get; init; }
    public string? Company { get; init; }
    public string? Vat { get; init; }

    /// <summary>As posted; a field with nothing in it is none. Read here: MVC’s binder was 4 % of the application’s time under orders.</summary>
    public static BuyerForm From(IFormCollection form)
    {
        return new() { Email = Field("email"), Name = Field("name"), Company = Field("company"), Vat = Field("vat") };

        string? Field(string name) => form[name] is [{ } typed, ..] && !string.IsNullOrWhiteSpace(typed) ? typed : null;
    }

    /// <summary>Cut to what a field may hold: details that are only kept for later haven't been checked, and an index takes no text of any length.</summary>
    public OrderContact ToContact(Guid orderId) => new(orderId, Cut(Clean(Name), MostLetters), Cut(Clean(Email), MostInAddress)) { Company = NullIfEmpty(Cut(Clean(Company), MostLetters)), VatNumber = NullIfEmpty(Cut(Clean(Vat), MostInVat)), Language = Language.Current.Code };

    public static BuyerForm From(OrderContact? contact) => new() { Email = contact?.Email, Name = contact?.Name, Company = contact?.Company, Vat = contact?.VatNumber };

    /// <summary>What is wrong, by field.</summary>
    public IEnumerable<(string Field, Refused Fault)> Faults()
    {
        var email = Clean(Email);
        if (!IsEmail(email)) yield return ("email", new("checkout.ask-email"));
        var name = Clean(Name);
        if (name.Length == 0) yield return ("name", new("checkout.ask-name"));
        else if (name.Length > MostLetters) yield return ("name", new("checkout.name-too-long", MostLetters));
        if (Clean(Company).Length > MostLetters) yield return ("company", new("checkout.company-too-long", MostLetters));
        if (Clean(Vat).Length > MostInVat) yield return ("vat", new("checkout.vat-too-long", MostInVat));
    }

    static bool IsEmail(string text) =>
        text.Length is > 3 and <= MostInAddress && !text.Any(char.IsWhiteSpace) && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal) && !address.Host.EndsWith('.') && address.User.Length <= 64;

    // What can't be seen can't be meant: control characters would break a mail's header and a ticket's line. What is no character at all can't be normalised.
    static string Clean(string? text)
    {
        if (text is null) return "";
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text.Trim(); // as nearly all of them are
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) if (!Rune.IsControl(rune) && (rune.Value & 0xFFFE) != 0xFFFE) clean.Append(rune.ToString());
        return clean.ToString().Normalize().Trim();
    }

    static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}
