using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace App.Infrastructure.Web;

/// <summary>A view as text, for a page that shows another one inside it.</summary>
public sealed class ViewText(IRazorViewEngine views, ITempDataDictionaryFactory temp, IModelMetadataProvider metadata)
{
    /// <param name="path">From the content root; its partials are looked for beside it.</param>
    public async Task<string> Of<T>(string path, T model, HttpContext context)
    {
        var view = views.GetView(null, path, isMainPage: true).View ?? throw new InvalidOperationException($"There is no view {path}.");
        var page = path["/Features".Length..^".cshtml".Length];
        var action = new ActionContext(context, new RouteData(new RouteValueDictionary { ["page"] = page }), new PageActionDescriptor { RouteValues = { ["page"] = page } });
        await using var text = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        await view.RenderAsync(new ViewContext(action, view, new ViewDataDictionary<T>(metadata, new ModelStateDictionary()) { Model = model }, temp.GetTempData(context), text, new HtmlHelperOptions()));
        return text.ToString();
    }
}
