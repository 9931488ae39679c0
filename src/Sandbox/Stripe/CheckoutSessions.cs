using System.Collections.Concurrent;

namespace Sandbox.Stripe;

/// <summary>Sessions and what becomes of them: completed by their intent, or expired at their time.</summary>
sealed class CheckoutSessions
{
    sealed class Cell(CheckoutSession value)
    {
        public CheckoutSession Value = value;
    }

    readonly ConcurrentDictionary<string, Cell> sessions = new();
    readonly TimeProvider clock;
    readonly StripeBook book;
    readonly StripeEvents events;
    readonly Ledger ledger;
    readonly Later later;

    public CheckoutSessions(TimeProvider clock, StripeBook book, StripeEvents events, Ledger ledger, Later later)
    {
        (this.clock, this.book, this.events, this.ledger, this.later) = (clock, book, events, ledger, later);
        book.SessionPaid += OnIntent;
    }

    public CheckoutSession Get(string id, string? account) => Find(id) is { } session && session.Account == account ? session : throw StripeError.Missing("checkout.session", id, "session");

    public CheckoutSession? Find(string id) => sessions.TryGetValue(id, out var cell) ? cell.Value : null;

    public CheckoutSession Create(CheckoutSession session, (string Key, string Print)? key)
    {
        ledger.Append(new("session", session.Id, session.Account, session.Amount, session.Currency, session.Created) { Session = session.Order, Metadata = new(session.Metadata), Key = key?.Key, Print = key?.Print });
        Keep(session);
        return session;
    }

    /// <summary>From the ledger.</summary>
    public CheckoutSession Restore(LedgerLine line)
    {
        var session = new CheckoutSession(line.Id, line.Account, line.Amount, line.Currency, line.Created, line.Metadata?.ToArray() ?? [], line.Session!);
        Keep(session);
        return session;
    }

    /// <summary>The buyer pressed Pay. A declined card is thrown; the session stays open for another.</summary>
    public Intent Pay(string id, Card card, string? email, string publicUrl)
    {
        if (!sessions.TryGetValue(id, out var cell)) throw StripeError.Missing("checkout.session", id, "session");
        Intent intent;
        lock (cell)
        {
            var session = cell.Value;
            if (session.Status != "open") throw StripeError.Invalid("This Checkout Session is no longer open.");
            intent = session.IntentId is { } known && book.Find(known) is { IsFinal: false } open ? open : book.Create(New(session));
            cell.Value = session with { IntentId = intent.Id, Email = email ?? session.Email };
        }
        return book.Confirm(intent.Id, card, $"{publicUrl}/checkout/{id}", publicUrl);
    }

    public CheckoutSession Expire(string id)
    {
        if (!sessions.TryGetValue(id, out var cell)) throw StripeError.Missing("checkout.session", id, "session");
        string? open;
        lock (cell)
        {
            if (cell.Value.Status != "open") throw StripeError.Invalid($"Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {cell.Value.Status}.", "session");
            open = cell.Value.IntentId;
            cell.Value = cell.Value with { Status = "expired" };
            events.Add($"evt_{Suffix(id)}e", "checkout.session.expired", cell.Value.Account, cell.Value);
        }
        if (open is not null && book.Find(open) is { Status: "requires_payment_method" or "requires_action" } intent) book.Cancel(intent.Id, intent.Account, "abandoned");
        return cell.Value;
    }

    public void Clear() => sessions.Clear();

    void Keep(CheckoutSession session)
    {
        sessions[session.Id] = new(session);
        var left = DateTimeOffset.FromUnixTimeSeconds(session.Order.ExpiresAt) - clock.GetUtcNow();
        later.Run(left > TimeSpan.Zero ? left : TimeSpan.Zero, () =>
        {
            if (Find(session.Id) is { Status: "open" }) Expire(session.Id);
        });
    }

    /// <summary>Under the intent's lock: its money came, is on its way, or came to nothing after all.</summary>
    void OnIntent(Intent intent, bool silent)
    {
        if (!sessions.TryGetValue(intent.SessionId!, out var cell)) return;
        lock (cell)
        {
            var before = cell.Value;
            if (before.Status == "expired" || before.PaymentStatus == "paid") return;
            var after = before with { IntentId = intent.Id, Status = "complete", PaymentStatus = intent.Status == "succeeded" ? "paid" : "unpaid" };
            var (code, type) = (before.Status, intent.Status) switch
            {
                ("open", _) => ('c', "checkout.session.completed"),
                (_, "succeeded") => ('s', "checkout.session.async_payment_succeeded"),
                _ => ('f', "checkout.session.async_payment_failed"),
            };
            cell.Value = after;
            events.Add($"evt_{Suffix(after.Id)}{code}", type, after.Account, after, silent);
        }
    }

    Intent New(CheckoutSession session)
    {
        var suffix = StripeObject.NewId("");
        return new("pi_" + suffix, $"pi_{suffix}_secret_{StripeObject.NewId("")}", session.Account, session.Amount, session.Currency, clock.GetUtcNow().ToUnixTimeSeconds(), session.Order.Fee, [.. session.Order.IntentMetadata])
        {
            Automatic = false, SessionId = session.Id, Description = session.Order.Description,
        };
    }

    static string Suffix(string id) => id["cs_test_".Length..];
}
