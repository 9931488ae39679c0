using System.Text.Json.Serialization;
using App.Features.Content.Contracts;
using App.Features.Content.Pages;
using App.Features.Content.Publish;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Content;

public static class ContentModule
{
    public static IServiceCollection AddContent(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Content").Get<ContentOptions>() ?? new ContentOptions();
        return services
            .AddFact("content-published", ContentJson.Default.ContentPublished)
            .AddFact("content-waits", ContentJson.Default.ContentWaits)
            .AddFact("content-kept", ContentJson.Default.ContentKept)
            .AddFact("content-source-followed", ContentJson.Default.SourceFollowed)
            .AddDocument("content_package", ContentJson.Default.StoredPackage, p => p.Id)
            .AddDocument("content_fetch", ContentJson.Default.ContentFetch, f => f.Id)
            .AddMessage("fetch-content", ContentJson.Default.FetchContent)
            .AddRecurringJob("fetch-content", options.Every ?? TimeSpan.FromMinutes(1), new FetchContent())
            .AddHotStream<Publication>((_, _) => [])
            .AddSingleton(options)
            .AddSingleton<LiveContent>()
            .AddSingleton<KeptContent>()
            .AddSingleton<PlatformsOwn>()
            .AddSingleton<SessionCheck>()
            .AddSingleton<ContentFetcher>()
            .AddSingleton<HomePageKey>()
            .AddSingleton<CopyPageKey>()
            .AddSingleton<IClosedPages, ContentGate>()
            .Configure<RazorPagesOptions>(pages => pages.Conventions.AddPageRoute("/Content/Pages/FilmPage", FilmPage.HomeRoute));
    }

    /// <summary>Before all else: a request is answered with the content that is live now.</summary>
    public static async Task UseContent(this WebApplication app)
    {
        var live = app.Services.GetRequiredService<LiveContent>();
        await live.Refresh(CancellationToken.None);
        app.Use((context, next) => live.Refresh(context.RequestAborted) is { IsCompletedSuccessfully: false } refreshing ? After(refreshing, context, next) : next(context));

        static async Task After(Task refreshing, HttpContext context, RequestDelegate next)
        {
            await refreshing;
            await next(context);
        }
    }

    public static void MapContent(this IEndpointRouteBuilder app) => app.MapMethods(ContentImages.Root + "{id}", [HttpMethods.Get, HttpMethods.Head], ContentImages.Get);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ContentPublished))]
[JsonSerializable(typeof(ContentWaits))]
[JsonSerializable(typeof(ContentKept))]
[JsonSerializable(typeof(SourceFollowed))]
[JsonSerializable(typeof(StoredPackage))]
[JsonSerializable(typeof(ContentFetch))]
[JsonSerializable(typeof(FetchContent))]
public sealed partial class ContentJson : JsonSerializerContext;
