namespace App.Features.Checkout;

/// <summary>What the checkout's script is told when the order is placed.</summary>
/// <param name="ClientSecret">Null when there is nothing to pay.</param>
public sealed record PayAnswer(bool Complete, string? ClientSecret, string Next);
