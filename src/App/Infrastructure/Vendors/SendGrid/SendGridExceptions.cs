namespace App.Infrastructure.Vendors.SendGrid;

/// <summary>SendGrid answered, and the answer is no: the same mail sent again gets the same answer.</summary>
public sealed class SendGridException(int status, IReadOnlyList<SendGridFault> faults) : Exception($"SendGrid said {status}: {string.Join("; ", faults.Select(f => $"{f.Field} {f.Message}".Trim()))}")
{
    public int Status { get; } = status;
    public IReadOnlyList<SendGridFault> Faults { get; } = faults;
}

/// <summary>No answer that counts. The mail may have left: sent again it carries the same Message-ID, by which a reader's program knows it as the same.</summary>
public sealed class SendGridUnavailableException(string message, Exception? inner = null) : UnavailableException(message, inner);
