namespace App.Infrastructure;

/// <summary>
/// A business "no". Its key (<c>slice.reason</c>) names the sentence people read; a page shows it as a 422, beside the form.
/// Arguments fill the sentence's placeholders in order. Never logged as an error, never retried.
/// </summary>
public sealed class Refused(string key, params object[] arguments) : Exception(key)
{
    public string Key { get; } = key;
    public IReadOnlyList<object> Arguments { get; } = arguments;
}
