using System.Text.Json.Serialization;
using App.Features.Registration.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Tito;

namespace App.Features.Registration;

public static class RegistrationModule
{
    public static IServiceCollection AddRegistration(this IServiceCollection services, IConfiguration configuration) => services
        .AddFact("attendee-admitted", RegistrationJson.Default.AttendeeAdmitted)
        .AddFact("attendee-access-ended", RegistrationJson.Default.AttendeeAccessEnded)
        .AddFact("attendee-signed-in", RegistrationJson.Default.AttendeeSignedIn)
        .AddFact("attendee-erased", RegistrationJson.Default.AttendeeErased)
        .AddDocument("attendee", RegistrationJson.Default.AttendeeCard, a => a.Id)
        .AddDocument("travel_question", RegistrationJson.Default.TravelQuestion, q => q.Id)
        .AddMessage("admit-buyer", RegistrationJson.Default.AdmitBuyer)
        .AddMessage("admit-guest", RegistrationJson.Default.AdmitGuest)
        .AddMessage("end-ticket-access", RegistrationJson.Default.EndTicketAccess)
        .AddMessage("send-sign-in", RegistrationJson.Default.SendSignIn)
        .AddFact("tito-ticket-noted", RegistrationJson.Default.TitoTicketNoted)
        .AddDocument("tito_source", RegistrationJson.Default.TitoSource, s => s.Id)
        .AddMessage("look-at-tito", RegistrationJson.Default.LookAtTito)
        .AddMessage("fetch-all-users", RegistrationJson.Default.FetchUsers)
        .AddRecurringJob("fetch-users", configuration.GetValue("Registration:FetchEvery", TimeSpan.FromMinutes(5)), new FetchUsers())
        .AddTito(configuration)
        .AddSingleton<TitoUsers>()
        .AddSingleton<ITitoEvents>(s => s.GetRequiredService<TitoUsers>())
        .AddSingleton(configuration.GetSection("Registration").Get<RegistrationOptions>() ?? new RegistrationOptions())
        .AddSingleton<SignIns>()
        .AddSingleton<SignInMails>()
        .AddSingleton<SignInAllowance>()
        .AddSingleton<AttendeeSessions>()
        .AddSingleton<AttendeePasskeys>()
        .AddSingleton<Roster>()
        .AddSingleton<ConferencePlaces>()
        .AddSingleton<IVisitors, Visitors>();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(AttendeeAdmitted))]
[JsonSerializable(typeof(AttendeeAccessEnded))]
[JsonSerializable(typeof(AttendeeSignedIn))]
[JsonSerializable(typeof(AttendeeErased))]
[JsonSerializable(typeof(AttendeeCard))]
[JsonSerializable(typeof(TravelQuestion))]
[JsonSerializable(typeof(AdmitBuyer))]
[JsonSerializable(typeof(AdmitGuest))]
[JsonSerializable(typeof(EndTicketAccess))]
[JsonSerializable(typeof(SendSignIn))]
[JsonSerializable(typeof(TitoTicketNoted))]
[JsonSerializable(typeof(TitoSource))]
[JsonSerializable(typeof(LookAtTito))]
[JsonSerializable(typeof(FetchUsers))]
public sealed partial class RegistrationJson : JsonSerializerContext;
