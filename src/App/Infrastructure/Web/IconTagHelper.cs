using Microsoft.AspNetCore.Razor.TagHelpers;

namespace App.Infrastructure.Web;

/// <summary><c>&lt;icon name="ticket" small /&gt;</c>: a symbol of icons.svg. Says nothing to a screen reader; the words beside it do.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper(Assets assets) : TagHelper
{
    public string Name { get; set; } = "";
    public bool Small { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Small ? "icon small" : "icon");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent($"<use href=\"{assets.Link("/icons.svg")}#{Name}\"/>");
    }
}
