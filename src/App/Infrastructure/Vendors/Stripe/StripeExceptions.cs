namespace App.Infrastructure.Vendors.Stripe;

/// <summary>Stripe answered, and the answer is no: a declined card, a wrong parameter. Asking again with the same key gives the same.</summary>
public sealed class StripeException(int status, StripeFault? fault, string? requestId) : Exception($"Stripe said {status} {fault?.Type} {fault?.Code}: {fault?.Message} ({requestId})")
{
    public int Status { get; } = status;
    public StripeFault Fault { get; } = fault ?? new(null, null, null, null, null);
    public string? RequestId { get; } = requestId;
    public bool IsCardError => Fault.Type == "card_error";
}

/// <summary>No answer that counts: the connection failed, timed out, or Stripe is in trouble. What was asked may have happened; the same key makes asking again safe.</summary>
public sealed class StripeUnavailableException(string message, Exception? inner = null) : UnavailableException(message, inner);
