namespace App.Infrastructure;

/// <summary>
/// Somebody outside can't be reached now, or wasn't asked because they couldn't be a moment ago. Nothing is wrong with what was asked, so it is right to ask again later:
/// a message that ends so waits for them by the hour, and no such try counts towards giving up.
/// </summary>
public abstract class UnavailableException(string message, Exception? inner = null) : Exception(message, inner);
