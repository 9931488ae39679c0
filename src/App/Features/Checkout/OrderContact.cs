namespace App.Features.Checkout;

/// <summary>Who bought: the only place where an order's personal data stands. Id is the order's.</summary>
public sealed record OrderContact(Guid Id, string Name, string Email)
{
    /// <summary>For search at the doors of one event. Written with the order, never by a form.</summary>
    public Guid EventId { get; init; }
    public string? Company { get; init; }
    public string? VatNumber { get; init; }

    /// <summary>Of the page where it was typed; mails speak it. Null: not known.</summary>
    public string? Language { get; init; }

    public bool SaysTheSame(OrderContact other) => (Name, Email, Company, VatNumber) == (other.Name, other.Email, other.Company, other.VatNumber);
}
