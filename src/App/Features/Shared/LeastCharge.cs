namespace App.Features.Shared;

/// <summary>The least that a card is charged, in minor units. Stripe refuses less (docs.stripe.com/currencies, "Minimum and maximum charge amounts"); for a currency that is settled in another it may be more.</summary>
public static class LeastCharge
{
    public static long Of(string currency) => currency switch
    {
        "GBP" => 30,
        "DKK" => 250,
        "NOK" or "SEK" => 300,
        "PLN" => 200,
        "CZK" => 1_500,
        _ => 50, // a half of the currency's unit, and 50 yen
    };
}
