namespace Sandbox.Stripe;

static class EventsApi
{
    public static void Map(IEndpointRouteBuilder app, StripeApi api, StripeEvents events)
    {
        app.MapGet("/v1/events", api.Get(call => List(call, events)));
        app.MapGet("/v1/events/{id}", api.Get(call => Retrieve(call, events)));
    }

    static StripeEvent Retrieve(StripeCall call, StripeEvents events)
    {
        call.Form.RefuseRest();
        return events.Find(call.Id) is { } e && e.Account == call.Account ? e : throw StripeError.Missing("event", call.Id, "id");
    }

    static StripeList List(StripeCall call, StripeEvents events)
    {
        var form = call.Form;
        HashSet<string>? types = form.Take("type") is { } type ? [type] : null;
        for (var i = 0; form.Take($"types[{i}]") is { } one; i++) (types ??= []).Add(one);
        var (from, after) = (form.Number("created[gte]") ?? form.Number("created[gt]") + 1 ?? 0, form.Take("starting_after"));
        var (until, limit) = (form.Number("created[lte]") ?? form.Number("created[lt]") - 1 ?? long.MaxValue, StripeApi.Limit(form));
        form.RefuseRest();
        var (page, more) = events.List(call.Account, e => e.Created >= from && e.Created <= until && (types is null || types.Any(t => Matches(t, e.Type))), after, limit);
        return new("/v1/events", page, more);
    }

    static bool Matches(string wanted, string type) => wanted.EndsWith('*') ? type.StartsWith(wanted[..^1], StringComparison.Ordinal) : wanted == type;
}
