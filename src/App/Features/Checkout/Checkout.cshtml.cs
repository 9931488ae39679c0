using System.Text.Json;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Checkout;

/// <summary>
/// Details and payment on one page. The address is the capability: who has it has the cart, and nobody else can post here, so no cookie and no token is needed. With script the card's fields are the
/// provider's frame; without, the provider's own page follows.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class CheckoutPage(MessageBus bus, QuerySession db, OrderLinks links, OrderAccess access, StripeClient stripe, SiteOptions site, RecentBuyers recent, Texts texts, ILogger<CheckoutPage> log)
    : PageModel, IShowsRefusals
{
    bool isTouched; // something happened since the hold was taken, so details may have been kept

    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";
    public BuyerForm Buyer { get; private set; } = new();

    public Order Order { get; private set; } = Order.Empty;
    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public OrganizationCard Organization { get; private set; } = null!;
    public HoldState Hold { get; private set; } = null!;
    public StripeOptions Stripe => stripe.Options;
    public string? StripeAccount => Organization.StripeAccount;
    public bool TakesCards => stripe.Options.IsConfigured;
    public EventTime Starts => EventTime.Of(Event.Starts, Event.TimeZone);
    public Money Total => new(Order.Total, Order.Currency);

    /// <summary>A wallet pays what its sheet said: not for free orders, nor on places that are gone.</summary>
    public bool OffersWallets => Order.Total > 0 && TakesCards && !Hold.Ended;

    /// <summary>What the sheet lists, fees and taxes inside. For showing only: what is charged is decided when the order is placed.</summary>
    public string WalletLines => JsonSerializer.Serialize(Order.Lines.Select(l => new { name = $"{l.Count} × {l.Name}", amount = l.Each.Gross * l.Count }));

    /// <summary>2 × Balcony (seats B4, B5).</summary>
    public string Say(OrderLine line)
    {
        var what = $"{line.Count} × {line.Name}";
        return line.Seats is { Length: > 0 } seats ? $"{what} ({texts.Of(seats.Length == 1 ? "checkout.seat" : "checkout.seats", Bill.Seats(seats))})" : what;
    }

    /// <summary>What the page's script says by itself.</summary>
    public string Words => texts.Of(words);

    static readonly ScriptWords words = new(
        [("error", "frame.error"), ("left", "checkout.minutes-left"), ("hint", "checkout.email-hint"), ("meant", "checkout.email-meant"), ("bank", "checkout.waiting-for-bank"), ("uncharged", "checkout.nothing-charged"), ("broke", "checkout.connection-broke"), ("closed", "checkout.wallet-closed")],
        [("putRight", "frame.put-right"), ("announce", "checkout.announce")]);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => Allow(HttpContext, Stripe);

    internal static void Allow(HttpContext context, StripeOptions stripe)
    {
        var policy = context.Allow();
        policy.IsPrivate = true;
        policy.Payment = stripe.WalletOrigins;
        var origins = string.Concat(stripe.BrowserOrigins.Select(o => " " + o));
        (policy.Script, policy.Frame, policy.Connect) = (origins, origins, origins);
        policy.Form = $" {stripe.BrowserOrigins[0]} https://checkout.stripe.com"; // a form's redirects count too
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (Order.Status is OrderStatus.Paid or OrderStatus.TooLate or OrderStatus.Abandoned) return Redirect(links.OrderPath(Order.Id));
        if (HttpMethods.IsGet(Request.Method) && (isTouched || Hold.Ended)) Buyer = BuyerForm.From(await db.Load<OrderContact>(Order.Id, ct));
        return Page();
    }

    /// <summary>Pay. A script asks for JSON and confirms in the browser; a form without script is sent on to the provider's page.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        await ReadForm(ct);
        var scripted = Request.Headers.Accept == "application/json";
        if (!IsValid()) return scripted ? Problem() : await Invalid(ct);
        if (Order.Total > 0 && !TakesCards) throw new Refused("checkout.no-card-payments");
        try
        {
            var contact = Buyer.ToContact(Order.Id);
            var begun = await bus.InvokeAsync<PaymentBegun>(new PlaceOrder(Order.Id, contact, Hosted: !scripted, site.Link(links.OrderPath(Order.Id)), site.Link(links.CheckoutPath(Order.Id)), access.GiverOf(HttpContext, Order.Id)), ct);
            if (begun.Giver is not null) recent.Keep(contact);
            if (begun.Giver is { } giver) access.Keep(HttpContext, Order.Id, giver); // of a paid order, whose details these are says who comes
            var next = begun.Redirect ?? links.OrderPath(Order.Id);
            return scripted ? new JsonResult(new PayAnswer(begun.Complete, begun.ClientSecret, site.Link(links.OrderPath(Order.Id)))) : this.SeeOther(next);
        }
        catch (StripeUnavailableException) { return await ProviderIsAway(scripted, ct); }
        catch (StripeException no) { return await ProviderRefuses(no, scripted, ct); }
        catch (Refused refused) when (scripted)
        {
            ModelState.AddModelError("", texts.Of(refused));
            return Problem();
        }
    }

    /// <summary>More time, or the same tickets again; what was typed is kept.</summary>
    public async Task<IActionResult> OnPostExtendAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        await ReadForm(ct);
        await Keep(Order.Id, ct);
        await bus.InvokeAsync(new ExtendHold(Order.Id), ct);
        if (!Request.Headers.ContainsKey("HX-Request")) return this.SeeOther(links.CheckoutPath(Order.Id));
        await Load(ct);
        return Partial("_Hold", Hold);
    }

    /// <summary>What stands in the fields so far: a reload, a second tab or tomorrow's visit finds it (ux.md U7).</summary>
    public async Task<IActionResult> OnPostKeepAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        await ReadForm(ct);
        await Keep(Order.Id, ct);
        return new NoContentResult();
    }

    /// <summary>Other tickets, since these are gone: a new order, with what was typed.</summary>
    public async Task<IActionResult> OnPostInsteadAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        await ReadForm(ct);
        if (!Hold.Ended) return this.SeeOther(links.CheckoutPath(Order.Id));
        var orderId = await bus.InvokeAsync<Guid>(new HoldPlaces(Event.Id, Picker.WantedOf(Instead.Fields(Request.Form[Instead.Field]))), ct);
        await Keep(orderId, ct);
        return this.SeeOther(links.CheckoutPath(orderId));
    }

    async Task Keep(Guid orderId, CancellationToken ct)
    {
        if (Buyer is { Email: null, Name: null, Company: null, Vat: null }) return;
        recent.Forget(orderId);
        try { await bus.InvokeAsync(new KeepDetails(Buyer.ToContact(orderId), AreWhole: !Buyer.Faults().Any(), access.GiverOf(HttpContext, orderId)), ct); }
        catch (ConcurrencyException) { } // something else happened to the order meanwhile, and the next change is kept
    }

    async Task<bool> Load(CancellationToken ct)
    {
        // What was read to see whether the page is like others is read no second time; after a deed, it is.
        var isRead = HttpContext.Items.Remove(typeof(CheckoutCart), out var read);
        if ((isRead ? read as CheckoutCart : await CheckoutCart.Find(HttpContext.RequestServices, Token, ct)) is not { } cart) return false;
        (Order, Event, Organization, Hold, isTouched) = cart;
        return true;
    }

    async Task ReadForm(CancellationToken ct)
    {
        if (Request.HasFormContentType) Buyer = BuyerForm.From(await Request.ReadFormAsync(ct));
    }

    bool IsValid()
    {
        foreach (var (field, fault) in Buyer.Faults()) ModelState.AddModelError(field, texts.Of(fault));
        return ModelState.IsValid;
    }

    async Task<IActionResult> Invalid(CancellationToken ct, int status = StatusCodes.Status422UnprocessableEntity)
    {
        Response.StatusCode = status;
        return await OnGetAsync(ct);
    }

    /// <summary>The provider doesn't answer: the buyer keeps the places, and knows that nothing was charged (reliability.md F36).</summary>
    async Task<IActionResult> ProviderIsAway(bool scripted, CancellationToken ct)
    {
        try { await bus.InvokeAsync(new ExtendHold(Order.Id), ct); } catch (Refused) { } // at its cap: the time that is left is what there is
        await Keep(Order.Id, ct);
        await Load(ct);
        ModelState.AddModelError("", texts.Of("checkout.provider-away", EventTime.Of(Order.Until, Event.TimeZone).Clock));
        Response.Headers.RetryAfter = "30";
        return scripted ? Problem(StatusCodes.Status503ServiceUnavailable) : await Invalid(ct, StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>The provider says no to what we asked, which is between the promoter, the provider and us: the buyer can put right the address at most.</summary>
    async Task<IActionResult> ProviderRefuses(StripeException no, bool scripted, CancellationToken ct)
    {
        await Keep(Order.Id, ct);
        if (no.Fault.Param == "customer_email") ModelState.AddModelError("email", texts.Of("checkout.ask-email"));
        else
        {
            log.LogError(no, "The provider refuses the payment of order {Order}.", Order.Id);
            ModelState.AddModelError("", texts.Of("checkout.provider-refuses", EventTime.Of(Order.Until, Event.TimeZone).Clock));
        }
        return scripted ? Problem() : await Invalid(ct);
    }

    JsonResult Problem(int status = StatusCodes.Status422UnprocessableEntity) =>
        new(new ValidationProblemDetails(ModelState) { Status = status, Title = texts.Of(status == 422 ? "checkout.put-right" : "checkout.not-now") }) { StatusCode = status, ContentType = "application/problem+json" };
}
