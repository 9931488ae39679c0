using App.Infrastructure;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Registration;

/// <summary>How somebody travels most of the way. The names are stored.</summary>
public enum TravelBy { Foot, Train, Coach, SharedCar, Car, Plane }

/// <summary>How far, one way, as roughly as serves the sum: no place is asked. The names are stored.</summary>
public enum TravelFar { Nearby, Region, Country, Continent, Beyond }

/// <summary>What somebody said about their way to a conference, of their own accord. Personal: in the document about them, gone with it, shown to nobody but themselves.</summary>
public sealed record Travel(TravelBy By, TravelFar Far)
{
    /// <summary>Kilograms of CO₂ a person and kilometre. Planes as the toolkit before counted them (0.195); the others of the British government's conversion factors for 2023 (rail 0.035, coach 0.027, an average car 0.170, halved where two share it).</summary>
    static double PerKilometre(TravelBy by) => by switch { TravelBy.Train => 0.035, TravelBy.Coach => 0.027, TravelBy.SharedCar => 0.085, TravelBy.Car => 0.170, TravelBy.Plane => 0.195, _ => 0 };

    /// <summary>The middle of each.</summary>
    static int Kilometres(TravelFar far) => far switch { TravelFar.Nearby => 15, TravelFar.Region => 100, TravelFar.Country => 400, TravelFar.Continent => 1_300, _ => 5_000 };

    /// <summary>There and back.</summary>
    public double Kilograms => 2 * Kilometres(Far) * PerKilometre(By);

    public static string Say(TravelBy by, Texts texts) => texts.Of(by switch
    {
        TravelBy.Foot => "attendee.travel-foot", TravelBy.Train => "attendee.travel-train", TravelBy.Coach => "attendee.travel-coach", TravelBy.SharedCar => "attendee.travel-shared-car", TravelBy.Car => "attendee.travel-car", _ => "attendee.travel-plane",
    });

    public static string Say(TravelFar far, Texts texts) => texts.Of(far switch
    {
        TravelFar.Nearby => "attendee.travel-nearby", TravelFar.Region => "attendee.travel-region", TravelFar.Country => "attendee.travel-country", TravelFar.Continent => "attendee.travel-continent", _ => "attendee.travel-beyond",
    });
}

/// <summary>That a conference asks; without it nobody is asked and nothing is kept.</summary>
/// <param name="Id">The conference's.</param>
public sealed record TravelQuestion(Guid Id, DateTimeOffset Since);

/// <param name="Ask">Not any more: every answer goes.</param>
public sealed record AskAboutTravel(Guid EventId, bool Ask);

public static class AskAboutTravelHandler
{
    public static async Task Handle(AskAboutTravel command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var asks = await db.Load<TravelQuestion>(command.EventId, ct) is not null;
        if (command.Ask && !asks) db.Store(new TravelQuestion(command.EventId, clock.GetUtcNow()));
        if (command.Ask || !asks) return;
        db.Delete<TravelQuestion>(command.EventId);
        foreach (var card in (await AttendeeCard.Of(command.EventId, db, ct)).Where(c => c.Travel is not null)) db.Store(card with { Travel = null });
    }
}

/// <param name="Travel">Null: they say nothing any more.</param>
public sealed record SayTravel(Guid AttendeeId, Travel? Travel);

public static class SayTravelHandler
{
    public static async Task Handle(SayTravel command, DocumentSession db, CancellationToken ct)
    {
        if (await db.Load<AttendeeCard>(command.AttendeeId, ct) is not { } card) throw new Refused("registration.no-access");
        if (command.Travel is not null && await db.Load<TravelQuestion>(card.EventId, ct) is null) throw new Refused("registration.not-asked");
        if (card.Travel != command.Travel) db.Store(card with { Travel = command.Travel });
    }
}
