using System.Globalization;
using System.Text.Json.Nodes;

namespace Sandbox.Tito;

sealed class TitoConduct(TimeProvider clock) : Conduct(clock);

/// <summary>A ticket as the book keeps it; both of Tito's spellings are made of it.</summary>
sealed record TitoTicket(int Id, string Slug, string? Name, string? Email, string State, string Release, string BuyerName, string BuyerEmail, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public int Order => (Id - 1) / 3 + 1;

    public JsonObject InApi() => new()
    {
        ["_type"] = "ticket", ["id"] = Id, ["slug"] = Slug, ["unique_url"] = Url, ["company_name"] = null, ["email"] = Email, ["metadata"] = null, ["first_name"] = First, ["last_name"] = Last, ["name"] = Name ?? "", ["number"] = Id, ["phone_number"] = null,
        ["price"] = 90.0, ["reference"] = Reference, ["state"] = State, ["test_mode"] = false, ["registration_id"] = Order, ["registration_name"] = BuyerName, ["registration_email"] = BuyerEmail, ["release_id"] = 1, ["release_title"] = Release, ["release_archived"] = false,
        ["avatar_url"] = "https://tito.example/avatar.png", ["void"] = State == "void", ["changes_locked"] = false, ["consented_at"] = null, ["discount_code_used"] = null, ["tag_names"] = new JsonArray(), ["created_at"] = Iso(CreatedAt), ["updated_at"] = Iso(UpdatedAt),
    };

    public JsonObject InWebhook() => new()
    {
        ["_type"] = "ticket", ["id"] = Id, ["test_mode"] = false, ["name"] = Name ?? "", ["first_name"] = First, ["last_name"] = Last, ["email"] = Email, ["phone_number"] = null, ["company_name"] = null, ["reference"] = Reference, ["price"] = "90.0", ["tax"] = "0.0", ["price_less_tax"] = "90.0",
        ["slug"] = Slug, ["state_name"] = State, ["gender"] = null, ["total_paid"] = "90.0", ["total_paid_less_tax"] = "90.0", ["updated_at"] = Words(UpdatedAt), ["release_price"] = "90.0", ["discount_code_used"] = null, ["url"] = Url, ["admin_url"] = Url, ["release_title"] = Release,
        ["release_slug"] = "regular", ["release_id"] = 1, ["release"] = new JsonObject { ["id"] = 1, ["title"] = Release, ["slug"] = "regular", ["metadata"] = null }, ["custom"] = new JsonObject(), ["registration_id"] = Order, ["registration_slug"] = $"reg_{Order}", ["metadata"] = null,
        ["answers"] = new JsonArray(), ["opt_ins"] = new JsonArray(), ["responses"] = new JsonObject(), ["last_updated_by_type"] = "admin", ["upgrades"] = new JsonArray(), ["upgrade_ids"] = new JsonArray(),
        ["registration"] = new JsonObject
        {
            ["id"] = Order, ["slug"] = $"reg_{Order}", ["url"] = Url, ["admin_url"] = Url, ["total"] = "270.0", ["currency"] = "EUR", ["payment_reference"] = null, ["source"] = null, ["name"] = BuyerName, ["email"] = BuyerEmail,
            ["receipt"] = new JsonObject { ["total"] = "270.0", ["tax"] = 0, ["payment_provider"] = "Invoice", ["paid"] = true, ["receipt_lines"] = new JsonArray() },
        },
        ["event"] = TitoBook.EventObject(),
    };

    string Url => $"https://ti.to/{TitoBook.Account}/{TitoBook.Event}/tickets/{Slug}";
    string Reference => string.Create(CultureInfo.InvariantCulture, $"LNTN-{Id}");
    string? First => Name?.Split(' ')[0];
    string? Last => Name?.Split(' ') is [_, .. { Length: > 0 } rest] ? string.Join(' ', rest) : null;

    static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    internal static string Words(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>The tickets of one event. Begins with a small one of our own making: two of three complete, one nobody is named for, one of ten void.</summary>
sealed class TitoBook(TimeProvider clock)
{
    public const string Account = "lantern-house", Event = "lantern-days";

    /// <summary>Two hours before UTC's: what a time without "UTC" is read in.</summary>
    public static readonly TimeSpan Zone = TimeSpan.FromHours(2);

    readonly Lock gate = new();
    readonly List<TitoTicket> tickets = [];

    public IReadOnlyList<TitoTicket> All()
    {
        lock (gate) return [.. tickets];
    }

    public void Reset(int count)
    {
        var began = Second(clock.GetUtcNow()).AddDays(-30);
        lock (gate)
        {
            tickets.Clear();
            for (var i = 1; i <= count; i++)
            {
                var (order, state) = ((i - 1) / 3 + 1, i % 10 == 0 ? "void" : i % 3 == 0 ? "unassigned" : "complete");
                var named = state != "unassigned";
                tickets.Add(new(i, $"ti_{i:0000}", named ? $"Guest {i}" : null, named ? $"guest{i}@lantern.example" : null, state, i % 4 == 0 ? "Student" : "Regular", $"Buyer {order}", $"buyer{order}@lantern.example", began.AddMinutes(i), began.AddMinutes(i)));
            }
        }
    }

    /// <summary>A new one, or one changed. Null parts stay.</summary>
    public TitoTicket Put(string slug, string? name, string? email, string? state, string? release)
    {
        lock (gate)
        {
            var now = Second(clock.GetUtcNow());
            var at = tickets.FindIndex(t => t.Slug == slug);
            if (at < 0)
            {
                tickets.Add(new(tickets.Count + 1, slug, name, email, state ?? "complete", release ?? "Regular", name ?? "Buyer", email ?? "buyer@lantern.example", now, now));
                return tickets[^1];
            }
            var had = tickets[at];
            // Tito counts seconds; two changes within one must still be told apart here.
            var updated = now > had.UpdatedAt ? now : had.UpdatedAt.AddSeconds(1);
            return tickets[at] = had with { Name = name ?? had.Name, Email = email ?? had.Email, State = state ?? had.State, Release = release ?? had.Release, UpdatedAt = updated };
        }
    }

    public static JsonObject EventObject() => new() { ["_type"] = "event", ["id"] = 1, ["title"] = "Lantern Days", ["url"] = $"https://ti.to/{Account}/{Event}", ["account_slug"] = Account, ["slug"] = Event, ["start_date"] = "2027-05-01", ["end_date"] = "2027-05-03", ["metadata"] = null };

    static DateTimeOffset Second(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}
