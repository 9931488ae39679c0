using System.Security.Cryptography;

namespace Sandbox.Stripe;

/// <summary>One request to the API.</summary>
/// <param name="Publishable">Made with a publishable key, by a browser: then the intent's client secret is what allows it.</param>
sealed record StripeCall(HttpContext Http, string? Account, StripeForm Form, bool Publishable)
{
    public (string Key, string Print)? Key { get; init; }
    public string Id => (string)Http.Request.RouteValues["id"]!;
}

/// <summary>What is the same for every endpoint: keys, headers, misbehaviour, idempotency, errors.</summary>
sealed class StripeApi(Idempotency idempotency, StripeConduct conduct)
{
    public RequestDelegate Get(Func<StripeCall, StripeObject> work, bool browsers = false) => context => Answer(context, browsers, null, work);

    public RequestDelegate Post(Func<StripeCall, StripeObject> work, bool browsers = false) => async context =>
    {
        byte[] body;
        try { body = await Wire.ReadBody(context.Request); }
        catch (Exception e) when (e is BadHttpRequestException or IOException or OperationCanceledException) { context.Abort(); return; }
        await Answer(context, browsers, body, work);
    };

    async Task Answer(HttpContext context, bool browsers, byte[]? body, Func<StripeCall, StripeObject> work)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers["Request-Id"] = "req_" + RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 14);
        response.Headers["Stripe-Version"] = StripeObject.Version;
        if (browsers) response.Headers.AccessControlAllowOrigin = "*";
        var interference = await conduct.Meet(context);
        if (interference == Interference.Handled) return;

        int status;
        StripeObject answer;
        try
        {
            if (interference == Interference.Fail) throw StripeError.Trouble(conduct.Now.FailStatus);
            (status, answer) = Carry(context, browsers, body, work);
        }
        catch (StripeError e)
        {
            (status, answer) = (e.Status, e.Body);
        }
        if (interference == Interference.SwallowAnswer) { await Conduct.Hang(context); return; }
        response.StatusCode = status;
        await Wire.Write(response, answer.Render());
    }

    (int, StripeObject) Carry(HttpContext context, bool browsers, byte[]? body, Func<StripeCall, StripeObject> work)
    {
        var request = context.Request;
        var publishable = CheckKey(request);
        if (publishable && !browsers) throw new StripeError(401, "invalid_request_error", "secret_key_required", "This API call cannot be made with a publishable API key. Please use a secret API key.");
        if (request.Headers["Stripe-Version"] is { Count: > 0 } version && version != StripeObject.Version)
            throw StripeError.Invalid($"The sandbox answers in {StripeObject.Version} only; asked for {version}.");
        var account = request.Headers["Stripe-Account"] is { Count: > 0 } given ? given.ToString() : null;
        if (account is not null && !account.StartsWith("acct_", StringComparison.Ordinal))
            throw new StripeError(403, "invalid_request_error", "account_invalid", $"The provided key does not have access to account '{account}' (or that account does not exist).");
        var form = body is null ? StripeForm.Parse(request.QueryString.Value.AsSpan().TrimStart('?')) : StripeForm.Parse(body);

        var key = body is null ? null : request.Headers["Idempotency-Key"].ToString();
        if (string.IsNullOrEmpty(key)) return (200, work(new(context, account, form, publishable)));
        context.Response.Headers["Idempotency-Key"] = key;
        var print = Idempotency.Print(request.Path.Value!, body);
        var entry = idempotency.Begin(account, key, print);
        if (entry.Answer is { } before)
        {
            context.Response.Headers["Idempotent-Replayed"] = "true";
            return (before.Status, before.Body);
        }
        try
        {
            entry.Answer = new(200, work(new(context, account, form, publishable) { Key = (key, print) }));
        }
        catch (StripeError e) when (e.IsKept)
        {
            entry.Answer = new(e.Status, e.Body);
        }
        catch
        {
            idempotency.LetGo(account, key);
            throw;
        }
        return (entry.Answer.Status, entry.Answer.Body);
    }

    /// <summary>True for a publishable key. Any test key is good; a live one is told where it is.</summary>
    static bool CheckKey(HttpRequest request)
    {
        var key = request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : "";
        if (key.Length == 0)
            throw new StripeError(401, "invalid_request_error", null, "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
        if (key.StartsWith("sk_test_", StringComparison.Ordinal) || key.StartsWith("rk_test_", StringComparison.Ordinal)) return false;
        return key.StartsWith("pk_test_", StringComparison.Ordinal) ? true
            : throw new StripeError(401, "invalid_request_error", null, "Invalid API Key provided. This is the sandbox: it takes keys that begin with sk_test_ or pk_test_.");
    }

    public static int Limit(StripeForm form) => form.Number("limit") switch
    {
        null => 10,
        >= 1 and <= 100 and var limit => (int)limit,
        _ => throw StripeError.Invalid("This value must be between 1 and 100.", "limit", "parameter_invalid_integer"),
    };
}
