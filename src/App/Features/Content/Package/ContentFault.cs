namespace App.Features.Content.Package;

/// <summary>Where in the content something is wrong, and what, in words for who writes it.</summary>
/// <param name="Line">From 1; 0: the file as a whole.</param>
public sealed record ContentFault(string File, int Line, int Column, string Reason)
{
    public string Place => Line == 0 ? File : $"{File}:{Line}:{Column}";
    public override string ToString() => $"{Place}: {Reason}";
}
