namespace App.Features.Shared;

/// <summary>One text field with its label, hint and fault.</summary>
public sealed record Field(string Name, string Label, string Hint, string? Value, string Fault)
{
    public string Type { get; init; } = "text";
    public string Autocomplete { get; init; } = "off";
    /// <summary>What is said when nothing, or nothing usable, is typed.</summary>
    public string? Asks { get; init; }
    public string? InputMode { get; init; }
    public string? EnterKey { get; init; }
    public bool Required { get; init; } = true;
    public string? DescribedBy => (Fault.Length > 0, Hint.Length > 0) switch
    {
        (true, true) => $"{Name}-e {Name}-h",
        (true, false) => $"{Name}-e",
        (false, true) => $"{Name}-h",
        _ => null,
    };
}
