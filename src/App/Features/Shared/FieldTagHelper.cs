using System.Text.Encodings.Web;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace App.Features.Shared;

/// <summary><c>&lt;field is='new Field(…)' /&gt;</c>: a text field with its label, hint and fault. Written straight out, since every form is made of these: as a partial view each cost as much as a small page.</summary>
[HtmlTargetElement("field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper(Assets assets, Texts texts) : TagHelper
{
    public Field Is { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(new Markup(Is, assets, texts));
    }

    sealed class Markup(Field field, Assets assets, Texts texts) : IHtmlContent
    {
        public void WriteTo(TextWriter to, HtmlEncoder encoder)
        {
            to.Write("<div class=\"field\"><label");
            Attribute("for", field.Name);
            to.Write('>');
            encoder.Encode(to, field.Label);
            if (!field.Required)
            {
                to.Write("<span class=\"optional\"> ");
                encoder.Encode(to, texts.Of("frame.optional"));
                to.Write("</span>");
            }
            to.Write("</label>");
            if (field.Hint.Length > 0) Paragraph("hint", "-h", field.Hint);
            to.Write("<input class=\"input\"");
            Attribute("id", field.Name);
            Attribute("name", field.Name);
            Attribute("type", field.Type);
            Attribute("autocomplete", field.Autocomplete);
            Attribute("inputmode", field.InputMode);
            Attribute("enterkeyhint", field.EnterKey);
            if (field.Required) to.Write(" required");
            Attribute("value", field.Value);
            Attribute("data-fault", field.Asks);
            if (field.Fault.Length > 0) to.Write(" aria-invalid=\"true\"");
            Attribute("aria-describedby", field.DescribedBy);
            to.Write('>');
            if (field.Fault.Length > 0) Paragraph("error", "-e", field.Fault);
            to.Write("</div>");

            void Attribute(string name, string? value)
            {
                if (value is null) return;
                to.Write(' ');
                to.Write(name);
                to.Write("=\"");
                encoder.Encode(to, value);
                to.Write('"');
            }

            void Paragraph(string kind, string suffix, string words)
            {
                to.Write($"<p class=\"{kind}\"");
                Attribute("id", field.Name + suffix);
                to.Write('>');
                if (kind == "error") to.Write($"<svg class=\"icon small\" aria-hidden=\"true\"><use href=\"{assets.Link("/icons.svg")}#stop\"/></svg><span>");
                encoder.Encode(to, words);
                to.Write(kind == "error" ? "</span></p>" : "</p>");
            }
        }
    }
}
