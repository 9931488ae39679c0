namespace App.Infrastructure.Vendors.Pretalx;

/// <summary>Pretalx answered, and the answer is no: a wrong token, no such event.</summary>
public sealed class PretalxException(int status, string detail) : Exception($"Pretalx said {status}: {detail}")
{
    public int Status { get; } = status;
}

/// <summary>No answer that counts: unreachable, too busy, or a list that did not come to the number it promised.</summary>
public sealed class PretalxUnavailableException(string message, Exception? inner = null) : UnavailableException(message, inner);
