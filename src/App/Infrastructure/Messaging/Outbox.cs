using App.Infrastructure.Store;

namespace App.Infrastructure.Messaging;

/// <summary>Messages that leave when, and only when, the session commits.</summary>
public sealed class Outbox
{
    readonly DocumentSession session;
    int count;

    internal Outbox(DocumentSession session) => this.session = session;

    /// <summary>Handle as soon as this commits.</summary>
    public void Publish(object message) => session.Handlers.Send(session.Unit, Next(), message, session.Source.Clock.GetUtcNow(), null, session.Source);

    /// <summary>Handle at a time. With a key at most one such message waits: scheduling again moves it.</summary>
    public void Schedule(object message, DateTimeOffset at, string? key = null) => session.Handlers.Send(session.Unit, Next(), message, at, key, session.Source);

    /// <summary>Tries again, as new, what gave up and has this in its body. Costs the unit its place in a shared transaction.</summary>
    /// <param name="field">Of the body, as it is stored; an id.</param>
    public void TryAgain(string field, Guid about) =>
        session.Unit.Statements.Add(new($"update messages set {DeadLetters.Anew} where dead is not null and body ->> $2 = $3", [session.Source.Clock.GetUtcNow(), field, about.ToString()]));

    // The same message sent again by the same unit gets the same id, so that a repeated commit adds nothing.
    Guid Next() => Ids.From(session.Unit.Id, count++);
}
