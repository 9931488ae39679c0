using System.Net.Mail;
using System.Text;

namespace App.Features.Checkout;

/// <summary>What a buyer types: two fields, and two more for a company's invoice.</summary>
public sealed class BuyerForm
{
    public const string AskEmail = "Enter an email address like name@example.com", AskName = "Enter the name that should stand on the tickets";

    public string? Email { get; set; }
    public string? Name { get; set; }
    public string? Company { get; set; }
    public string? Vat { get; set; }

    public OrderContact ToContact(Guid orderId) => new(orderId, Clean(Name), Clean(Email)) { Company = NullIfEmpty(Company), VatNumber = NullIfEmpty(Vat) };

    public static BuyerForm From(OrderContact? contact) => new() { Email = contact?.Email, Name = contact?.Name, Company = contact?.Company, Vat = contact?.VatNumber };

    /// <summary>Faults by field, in the words of the field.</summary>
    public IEnumerable<(string Field, string Message)> Faults()
    {
        var email = Clean(Email);
        if (!IsEmail(email)) yield return ("email", AskEmail);
        var name = Clean(Name);
        if (name.Length == 0) yield return ("name", AskName);
        else if (name.Length > 200) yield return ("name", "Enter a name of at most 200 letters");
        if (Clean(Company).Length > 200) yield return ("company", "Enter a company of at most 200 letters");
        if (Clean(Vat).Length > 40) yield return ("vat", "Enter a VAT number of at most 40 letters and digits");
    }

    static bool IsEmail(string text) =>
        text.Length is > 3 and <= 254 && !text.Any(char.IsWhiteSpace) && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal) && !address.Host.EndsWith('.') && address.User.Length <= 64;

    // What can't be seen can't be meant: control characters would break a mail's header and a ticket's line.
    static string Clean(string? text)
    {
        if (text is null) return "";
        var clean = new StringBuilder(text.Length);
        foreach (var c in text.Normalize()) if (!char.IsControl(c)) clean.Append(c);
        return clean.ToString().Trim();
    }

    static string? NullIfEmpty(string? text) => Clean(text) is { Length: > 0 } clean ? clean : null;
}
