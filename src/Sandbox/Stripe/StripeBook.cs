using System.Collections.Concurrent;

namespace Sandbox.Stripe;

/// <summary>
/// Payments and refunds: what they are now and what may become of them. One lock an intent; every change is one new immutable object, its line in the ledger and its events, in that order.
/// </summary>
sealed class StripeBook(TimeProvider clock, StripeEvents events, Ledger ledger, Later later, StripeConduct conduct)
{
    sealed class Cell(Intent value)
    {
        public Intent Value = value;
    }

    readonly ConcurrentDictionary<string, Cell> intents = new();
    readonly ConcurrentDictionary<string, Refund> refunds = new();

    /// <summary>An intent of a checkout session went on; called under the intent's lock. True: read from the ledger, tell nobody.</summary>
    public event Action<Intent, bool>? SessionPaid;

    public IEnumerable<Intent> Intents => intents.Values.Select(cell => cell.Value);
    public IEnumerable<Refund> Refunds => refunds.Values;

    long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    public Intent? Find(string id) => intents.TryGetValue(id, out var cell) ? cell.Value : null;

    public Intent Get(string id, string? account, string param = "intent") => Find(id) is { } intent && intent.Account == account ? intent : throw StripeError.Missing("payment_intent", id, param);

    public Refund GetRefund(string id, string? account) => refunds.TryGetValue(id, out var refund) && refund.Account == account ? refund : throw StripeError.Missing("refund", id, "id");

    /// <param name="key">The idempotency key and the print of what came under it, kept with the intent.</param>
    public Intent Create(Intent intent, (string Key, string Print)? key = null)
    {
        intents[intent.Id] = new(intent);
        if (ledger.IsKept)
            ledger.Append(new("intent", intent.Id, intent.Account, intent.Amount, intent.Currency, intent.Created)
            {
                Secret = intent.Secret, Fee = intent.Fee, Metadata = new(intent.Metadata), Key = key?.Key, Print = key?.Print, SessionId = intent.SessionId,
            });
        return intent;
    }

    /// <summary>What the buyer's bank makes of it. A declined card is thrown as Stripe's 402.</summary>
    public Intent Confirm(string id, Card card, string? returnUrl, string publicUrl)
    {
        var cell = intents.GetValueOrDefault(id) ?? throw StripeError.Missing("payment_intent", id, "intent");
        lock (cell)
        {
            var intent = cell.Value;
            if (intent.Status is "succeeded" or "canceled" or "processing") throw Unexpected(intent, "confirm");
            intent = intent with { Card = card, Attempts = intent.Attempts + 1, ReturnUrl = returnUrl };
            switch (card.Outcome)
            {
                case CardOutcome.Declines:
                    Fail(cell, intent, card.Fault!);
                    throw new StripeError(402, card.Fault!.Type, card.Fault.Code, card.Fault.Message, null, card.Fault.DeclineCode, cell.Value);
                case CardOutcome.AsksFirst:
                    if (returnUrl is null) throw StripeError.Invalid("This card needs 3-D Secure, and for that a `return_url`.", "return_url", "parameter_missing");
                    cell.Value = intent with { Status = "requires_action", ActionUrl = $"{publicUrl}/3ds/{intent.Id}?secret={intent.Secret}", Fault = null };
                    events.Add(EventId(cell.Value, 'a'), "payment_intent.requires_action", intent.Account, cell.Value);
                    break;
                case CardOutcome.PaysLater or CardOutcome.DeclinesLater:
                    cell.Value = intent with { Status = "processing", Fault = null };
                    events.Add(EventId(cell.Value, 'p'), "payment_intent.processing", intent.Account, cell.Value);
                    Tell(cell.Value);
                    later.Run(TimeSpan.FromMilliseconds(conduct.Now.ProcessingMs), () => Settle(cell));
                    break;
                default:
                    Succeed(cell, intent, Now);
                    break;
            }
            return cell.Value;
        }
    }

    /// <summary>The end of 3-D Secure.</summary>
    public Intent Answer3ds(string id, string secret, bool authenticated)
    {
        var cell = intents.GetValueOrDefault(id);
        if (cell is null || cell.Value.Secret != secret) throw StripeError.Missing("payment_intent", id, "intent");
        lock (cell)
        {
            if (cell.Value.Status != "requires_action") return cell.Value;
            if (authenticated) Succeed(cell, cell.Value, Now);
            else Fail(cell, cell.Value, new("invalid_request_error", "payment_intent_authentication_failure", null, "We are unable to authenticate your payment method. Please choose a different payment method and try again."));
            return cell.Value;
        }
    }

    public Intent Cancel(string id, string? account, string? reason)
    {
        Get(id, account);
        var cell = intents[id];
        lock (cell)
        {
            if (cell.Value.Status is "succeeded" or "canceled" or "processing") throw Unexpected(cell.Value, "cancel");
            Cancel(cell, reason, Now);
            return cell.Value;
        }
    }

    public Refund CreateRefund(string intentId, string? account, long? amount, string? reason, bool returnFee, KeyValuePair<string, string>[] metadata, string param, (string Key, string Print)? key)
    {
        Get(intentId, account, param);
        var cell = intents[intentId];
        lock (cell)
        {
            var charge = cell.Value.Charge ?? throw StripeError.Invalid($"This PaymentIntent ({intentId}) does not have a successful charge to refund.", param);
            var left = charge.Amount - charge.Refunded;
            if (left == 0) throw StripeError.Invalid($"Charge {charge.Id} has already been refunded.", null, "charge_already_refunded");
            if (amount is <= 0) throw StripeError.Invalid("Invalid positive integer", "amount", "parameter_invalid_integer");
            if (amount > left) throw StripeError.Invalid($"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", "amount");
            if (returnFee && charge.Fee is null) throw StripeError.Invalid($"Attempting to refund_application_fee on charge {charge.Id}, but it has no application fee", "refund_application_fee");
            var status = charge.Card.Outcome == CardOutcome.RefundsLater ? "pending" : "succeeded";
            var refund = new Refund(StripeObject.NewId("re_"), intentId, charge.Id, account, amount ?? left, charge.Currency, Now, reason, metadata, status);
            Apply(cell, refund, key);
            if (charge.Card.Outcome is CardOutcome.RefundsLater or CardOutcome.RefundsThenFails)
                SettleLater(refund with { Status = charge.Card.Outcome == CardOutcome.RefundsLater ? "succeeded" : "failed" });
            return refund;
        }
    }

    /// <summary>At start: the ledger once more, without telling anybody again.</summary>
    public IEnumerable<(StripeObject Answer, string? Account, string Key, string Print)> Reload(Func<LedgerLine, CheckoutSession> restoreSession)
    {
        foreach (var line in ledger.Read())
        {
            if (line.Kind == "session")
            {
                var session = restoreSession(line);
                if (line.Key is not null) yield return (session, line.Account, line.Key, line.Print!);
                continue;
            }
            var metadata = line.Metadata?.ToArray() ?? [];
            if (line.Kind == "intent")
            {
                var intent = new Intent(line.Id, line.Secret!, line.Account, line.Amount, line.Currency, line.Created, line.Fee, metadata) { SessionId = line.SessionId };
                intents[line.Id] = new(intent);
                if (line.Key is not null) yield return (intent, line.Account, line.Key, line.Print!);
                continue;
            }
            if (!intents.TryGetValue(line.PaymentIntent!, out var cell)) continue;
            if (line.Kind == "charge") Succeed(cell, cell.Value with { Card = Card.Of(line.Card!) }, line.Created, silent: true);
            else if (line.Kind == "cancel") Cancel(cell, line.Reason, line.Created, silent: true);
            else
            {
                var refund = new Refund(line.Id, line.PaymentIntent!, line.Charge!, line.Account, line.Amount, line.Currency, line.Created, line.Reason, metadata, line.Status!);
                Apply(cell, refund, null, silent: true);
                if (line.Key is not null) yield return (refund, line.Account, line.Key, line.Print!);
            }
        }
        foreach (var pending in refunds.Values.Where(r => r.Status == "pending")) SettleLater(pending with { Status = "succeeded" });
    }

    public void Clear()
    {
        intents.Clear();
        refunds.Clear();
        ledger.Clear();
    }

    public static LedgerLine Line(Charge charge) => new("charge", charge.Id, charge.Account, charge.Amount, charge.Currency, charge.Created)
    {
        PaymentIntent = charge.IntentId, Status = "succeeded", Fee = charge.Fee, Card = charge.Card.Number, Metadata = new(charge.Metadata),
    };

    public static LedgerLine Line(Refund refund) => new("refund", refund.Id, refund.Account, refund.Amount, refund.Currency, refund.Created)
    {
        PaymentIntent = refund.IntentId, Charge = refund.ChargeId, Status = refund.Status, Reason = refund.Reason, Metadata = new(refund.Metadata),
    };

    void Succeed(Cell cell, Intent intent, long at, bool silent = false)
    {
        var charge = new Charge("ch_" + intent.Suffix, intent.Id, intent.Account, intent.Amount, intent.Currency, at, intent.Fee, intent.Card!, intent.Metadata);
        if (!silent && ledger.IsKept) ledger.Append(Line(charge));
        cell.Value = intent with { Status = "succeeded", Charge = charge, Fault = null };
        events.Add(EventId(cell.Value, 's'), "payment_intent.succeeded", intent.Account, cell.Value, silent, at);
        Tell(cell.Value, silent);
    }

    void Fail(Cell cell, Intent intent, PaymentFault fault)
    {
        cell.Value = intent with { Status = "requires_payment_method", Fault = fault, Card = null };
        events.Add(EventId(cell.Value, 'f'), "payment_intent.payment_failed", intent.Account, cell.Value);
    }

    void Cancel(Cell cell, string? reason, long at, bool silent = false)
    {
        var intent = cell.Value;
        if (!silent && ledger.IsKept) ledger.Append(new("cancel", intent.Id, intent.Account, intent.Amount, intent.Currency, at) { PaymentIntent = intent.Id, Reason = reason });
        cell.Value = intent with { Status = "canceled", CanceledAt = at, CancellationReason = reason };
        events.Add(EventId(cell.Value, 'c'), "payment_intent.canceled", intent.Account, cell.Value, silent, at);
    }

    void Settle(Cell cell)
    {
        lock (cell)
        {
            if (cell.Value.Status != "processing") return;
            if (cell.Value.Card!.Fault is { } fault)
            {
                Fail(cell, cell.Value, fault);
                Tell(cell.Value);
            }
            else Succeed(cell, cell.Value, Now);
        }
    }

    void SettleLater(Refund refund) => later.Run(TimeSpan.FromMilliseconds(conduct.Now.ProcessingMs), () =>
    {
        if (!intents.TryGetValue(refund.IntentId, out var cell)) return;
        lock (cell) Apply(cell, refund, null);
    });

    void Tell(Intent intent, bool silent = false)
    {
        if (intent.SessionId is not null) SessionPaid?.Invoke(intent, silent);
    }

    /// <summary>A new refund, or a known one in a new status. What failed may be refunded again.</summary>
    void Apply(Cell cell, Refund refund, (string Key, string Print)? key, bool silent = false)
    {
        var known = refunds.GetValueOrDefault(refund.Id);
        var change = (refund.Status == "failed" ? 0 : refund.Amount) - (known is null || known.Status == "failed" ? 0 : known.Amount);
        if (!silent && ledger.IsKept) ledger.Append(Line(refund) with { Key = key?.Key, Print = key?.Print });
        refunds[refund.Id] = refund;
        var charge = cell.Value.Charge! with { Refunded = cell.Value.Charge.Refunded + change };
        cell.Value = cell.Value with { Charge = charge };
        var suffix = refund.Id[3..];
        if (known is null)
        {
            events.Add($"evt_{suffix}r", "refund.created", refund.Account, refund, silent, refund.Created);
            events.Add($"evt_{suffix}g", "charge.refunded", refund.Account, charge, silent, refund.Created);
            return;
        }
        events.Add($"evt_{suffix}u", "refund.updated", refund.Account, refund, silent);
        if (refund.Status == "failed") events.Add($"evt_{suffix}x", "refund.failed", refund.Account, refund, silent);
    }

    /// <summary>An intent succeeds or is canceled once; what is before that has the attempt's number.</summary>
    static string EventId(Intent intent, char what) => intent.IsFinal ? $"evt_{intent.Suffix}{what}" : $"evt_{intent.Suffix}{what}{intent.Attempts}";

    static StripeError Unexpected(Intent intent, string verb) => new(400, "invalid_request_error", "payment_intent_unexpected_state",
        $"You cannot {verb} this PaymentIntent because it has a status of {intent.Status}.", intent: intent);
}
