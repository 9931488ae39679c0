using System.Globalization;
using System.Net.Http.Headers;

namespace App.Infrastructure.Vendors.Tito;

/// <summary>
/// Tito's Admin API 3.0, reading only (<see cref="VendorReader"/>). All states are asked for by name, since void and archived tickets are left out otherwise and nobody would ever lose access. Throws <see cref="TitoException"/> and <see cref="TitoUnavailableException"/>.
/// </summary>
public sealed class TitoClient
{
    const string States = "search[states][]=complete&search[states][]=incomplete&search[states][]=unassigned&search[states][]=void&search[states][]=archived";
    static readonly VendorWords Words = new("Tito", "message", (status, said) => new TitoException(status, said), (message, inner) => new TitoUnavailableException(message, inner));
    readonly VendorReader reader;

    public TitoClient(TitoOptions options, TimeProvider clock) : this(options, clock, VendorReader.Handler()) { }

    internal TitoClient(TitoOptions options, TimeProvider clock, HttpMessageHandler handler)
    {
        var http = new HttpClient(handler) { BaseAddress = options.BaseUrl, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", $"token={options.Token}");
        http.DefaultRequestHeaders.Add("Accept", "application/json");
        (Options, reader) = (options, new(http, clock, Words));
    }

    public TitoOptions Options { get; }

    /// <param name="since">Only what changed at this time or later; null: all.</param>
    public async Task<IReadOnlyList<TitoTicket>> ListTickets(string account, string slug, DateTimeOffset? since, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(Options.Token)) throw new TitoUnavailableException("Tito:Token is not set.");
        // Without "+UTC" Tito reads the time in the event's zone.
        var changed = since is { } at ? $"&search[updated_at][gte]={at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)}+UTC" : "";
        var path = $"/v3/{Uri.EscapeDataString(account)}/{Uri.EscapeDataString(slug)}/tickets?{States}&search[sort]=updated_at&search[direction]=asc{changed}";
        // One that changed while we read comes again, newer.
        var all = await reader.List(page => string.Create(CultureInfo.InvariantCulture, $"{path}&page[number]={page}&page[size]={Options.PageSize}"), TitoJson.Default.TitoTickets,
            p => new VendorPage<TitoTicket>(p.Tickets ?? [], p.Meta?.TotalCount, p.Meta?.NextPage is null), t => t.Slug, (had, comes) => had.Updated <= comes.Updated, ct);
        return [.. all.OrderBy(t => t.Updated)];
    }
}
