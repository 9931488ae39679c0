using System.Text.Json.Serialization;
using App.Features.Organizations.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Organizations;

public static class OrganizationsModule
{
    public static IServiceCollection AddOrganizations(this IServiceCollection services) => services
        .AddDocument("organization", OrganizationsJson.Default.OrganizationCard, o => o.Id)
        .AddSingleton<OrganizationDirectory>();

    public static void MapOrganizations(this IEndpointRouteBuilder app) => app.MapGet("/o/{organization}/brand.css", BrandSheet.Get);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(OrganizationCard))]
public sealed partial class OrganizationsJson : JsonSerializerContext;
