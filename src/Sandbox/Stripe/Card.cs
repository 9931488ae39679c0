using System.Collections.Frozen;

namespace Sandbox.Stripe;

enum CardOutcome { Pays, Declines, AsksFirst, PaysLater, DeclinesLater, RefundsLater, RefundsThenFails }

/// <summary>Stripe's test cards by what they do. Every other number is declined, as a live card is in test mode.</summary>
sealed record Card(string Number, string Brand, CardOutcome Outcome, string Does, PaymentFault? Fault = null)
{
    public int Month { get; init; } = 12;
    public int Year { get; init; } = 2034;
    public string Last4 => Number[^4..];

    static PaymentFault Declined(string code, string? decline, string message) => new("card_error", code, decline, message);

    public static IReadOnlyList<Card> All { get; } =
    [
        new("4242424242424242", "visa", CardOutcome.Pays, "pays"),
        new("5555555555554444", "mastercard", CardOutcome.Pays, "pays"),
        new("378282246310005", "amex", CardOutcome.Pays, "pays"),
        new("4000002500003155", "visa", CardOutcome.AsksFirst, "asks for 3-D Secure first"),
        new("4000000000000077", "visa", CardOutcome.PaysLater, "is processing for a few seconds, then pays"),
        new("4000000000000341", "visa", CardOutcome.DeclinesLater, "is processing for a few seconds, then is declined", Declined("card_declined", "generic_decline", "Your card was declined.")),
        new("4000000000000002", "visa", CardOutcome.Declines, "is declined", Declined("card_declined", "generic_decline", "Your card was declined.")),
        new("4000000000009995", "visa", CardOutcome.Declines, "has insufficient funds", Declined("card_declined", "insufficient_funds", "Your card has insufficient funds.")),
        new("4000000000009987", "visa", CardOutcome.Declines, "was lost", Declined("card_declined", "lost_card", "Your card was declined.")),
        new("4000000000000069", "visa", CardOutcome.Declines, "has expired", Declined("expired_card", null, "Your card has expired.")),
        new("4000000000000127", "visa", CardOutcome.Declines, "has another security code", Declined("incorrect_cvc", null, "Your card's security code is incorrect.")),
        new("4000000000000119", "visa", CardOutcome.Declines, "meets an error while processing", Declined("processing_error", null, "An error occurred while processing your card. Try again in a little bit.")),
        new("4000000000007726", "visa", CardOutcome.RefundsLater, "pays; its refunds are pending for a few seconds"),
        new("4000000000005126", "visa", CardOutcome.RefundsThenFails, "pays; its refunds succeed, then fail"),
    ];

    static readonly FrozenDictionary<string, Card> ByNumber = All.ToFrozenDictionary(card => card.Number);

    static readonly FrozenDictionary<string, string> Tokens = new Dictionary<string, string>
    {
        ["pm_card_visa"] = "4242424242424242", ["pm_card_mastercard"] = "5555555555554444", ["pm_card_amex"] = "378282246310005",
        ["pm_card_visa_chargeDeclined"] = "4000000000000002", ["pm_card_chargeDeclined"] = "4000000000000002",
        ["pm_card_visa_chargeDeclinedInsufficientFunds"] = "4000000000009995", ["pm_card_chargeDeclinedInsufficientFunds"] = "4000000000009995",
        ["pm_card_threeDSecure2Required"] = "4000002500003155", ["pm_card_authenticationRequired"] = "4000002500003155",
    }.ToFrozenDictionary();

    /// <summary>A number without blanks, or the name of a test payment method.</summary>
    public static Card Of(string numberOrToken)
    {
        if (Tokens.TryGetValue(numberOrToken, out var number) || ByNumber.ContainsKey(number = numberOrToken)) return ByNumber[number];
        if (numberOrToken.StartsWith("pm_", StringComparison.Ordinal)) throw StripeError.Missing("PaymentMethod", numberOrToken, "payment_method");
        if (!IsPlausible(numberOrToken)) throw new StripeError(402, "card_error", "incorrect_number", "Your card number is incorrect.", "number");
        return new(numberOrToken, "visa", CardOutcome.Declines, "", Declined("card_declined", "test_mode_live_card", "Your card was declined. Your request was in test mode, but used a non test card."));
    }

    /// <summary>As typed into a form: blanks allowed, month and year as written, all checked.</summary>
    public static Card Typed(string? number, string? month, string? year, string? cvc, DateTimeOffset now)
    {
        var digits = string.Concat((number ?? "").Where(c => c is not (' ' or '-')));
        var card = Of(digits.Length == 0 ? "0" : digits);
        if (!int.TryParse(month, out var m) || m is < 1 or > 12) throw Wrong("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
        if (!int.TryParse(year, out var y) || (y += y < 100 ? 2000 : 0) < now.Year || y > now.Year + 50) throw Wrong("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year");
        if (y == now.Year && m < now.Month) throw Wrong("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
        if (cvc is null || cvc.Length != (card.Brand == "amex" ? 4 : 3) || !cvc.All(char.IsAsciiDigit)) throw Wrong("invalid_cvc", "Your card's security code is invalid.", "cvc");
        return card with { Month = m, Year = y };
    }

    static StripeError Wrong(string code, string message, string param) => new(402, "card_error", code, message, param);

    static bool IsPlausible(string number)
    {
        if (number.Length is < 12 or > 19 || !number.All(char.IsAsciiDigit)) return false;
        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = number[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
        }
        return sum % 10 == 0;
    }
}
