namespace App.Infrastructure.Store;

/// <summary>What a hot aggregate decided about one command: facts to append, or a refusal with its key (and no exception: thousands are refused a second in an on-sale).</summary>
public readonly record struct Decision(IReadOnlyList<object>? Facts, string? Refusal = null, params object[] Arguments)
{
    public static Decision Accept(params object[] facts) => new(facts);
    public static Decision Refuse(string key, params object[] arguments) => new(null, key, arguments);
    public bool Accepted => Facts is not null;
}
