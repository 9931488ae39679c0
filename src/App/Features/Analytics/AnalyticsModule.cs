using App.Infrastructure.Store;

namespace App.Features.Analytics;

public static class AnalyticsModule
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services) => services.AddProjection<SalesByDay>();
}
