using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace App.Features.Shared;

/// <summary>One spelling for each mailbox: trimmed, composed, small letters, the host as ASCII. What a provider ignores (dots, plus) stays: only the provider knows.</summary>
static class EmailAddress
{
    const int Longest = 254;
    static readonly IdnMapping Idn = new();

    /// <summary>Null: not an address.</summary>
    public static string? Normalise(string? text)
    {
        var typed = text?.Trim().Normalize(NormalizationForm.FormC) ?? "";
        if (typed.Length is < 3 or > Longest || typed.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';' or '"')) return null;
        if (!MailAddress.TryCreate(typed, out var address) || address.Address != typed || typed.LastIndexOf('@') is not (> 0 and var at)) return null;
        try
        {
#pragma warning disable CA1308 // as people and providers write them
            return $"{typed[..at].ToLowerInvariant()}@{Idn.GetAscii(typed[(at + 1)..]).ToLowerInvariant()}";
#pragma warning restore CA1308
        }
        catch (ArgumentException) { return null; }
    }
}
