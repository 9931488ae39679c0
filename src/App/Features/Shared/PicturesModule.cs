namespace App.Features.Shared;

public static class PicturesModule
{
    public static IServiceCollection AddPictures(this IServiceCollection services) => services.AddSingleton<Pictures>();

    public static void MapPictures(this IEndpointRouteBuilder app) => Pictures.Map(app);
}
