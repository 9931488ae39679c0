namespace App.Infrastructure.Vendors.Tito;

/// <summary>Tito answered, and the answer is no: a wrong token, no such event.</summary>
public sealed class TitoException(int status, string detail) : Exception($"Tito said {status}: {detail}")
{
    public int Status { get; } = status;
}

/// <summary>No answer that counts: unreachable, too busy, or a list that did not come to the number it promised.</summary>
public sealed class TitoUnavailableException(string message, Exception? inner = null) : UnavailableException(message, inner);
