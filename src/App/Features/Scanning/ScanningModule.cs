using System.Text.Json.Serialization;
using App.Features.Scanning.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Features.Scanning;

public static class ScanningModule
{
    public static IServiceCollection AddScanning(this IServiceCollection services) => services
        .AddFact("ticket-admitted", ScanningJson.Default.TicketAdmitted)
        .AddFact("admission-undone", ScanningJson.Default.AdmissionUndone)
        .AddDocument("scan", ScanningJson.Default.Scan, s => s.Id)
        .AddProjection<AdmissionList>()
        .AddInvariant<AdmittedOnceInvariant>();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TicketAdmitted))]
[JsonSerializable(typeof(AdmissionUndone))]
[JsonSerializable(typeof(Scan))]
public sealed partial class ScanningJson : JsonSerializerContext;
