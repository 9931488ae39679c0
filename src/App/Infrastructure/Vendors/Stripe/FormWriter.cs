using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace App.Infrastructure.Vendors.Stripe;

/// <summary>Stripe's form encoding: <c>a[b]=</c>, <c>a[0]=</c>, times in Unix seconds; what is null is left out. Names are ours and need no escaping, values do.</summary>
public sealed class FormWriter
{
    readonly StringBuilder text = new(256);

    public FormWriter Add(string name, string? value)
    {
        if (value is null) return this;
        if (text.Length > 0) text.Append('&');
        text.Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public FormWriter Add(string name, long? value) => value is { } v ? Add(name, v.ToString(CultureInfo.InvariantCulture)) : this;
    public FormWriter Add(string name, bool? value) => value is { } v ? Add(name, v ? "true" : "false") : this;
    public FormWriter Add(string name, Guid value) => Add(name, value.ToString());

    public override string ToString() => text.ToString();

    public HttpContent ToContent() => new ByteArrayContent(Encoding.ASCII.GetBytes(text.ToString())) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } };
}
