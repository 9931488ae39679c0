using App.Features.Registration.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Registration;

/// <summary>Reasons for access as people read them.</summary>
public static class Grounds
{
    public static string Say(AccessGround ground, Texts texts) => ground.Kind switch
    {
        GroundKind.Ticket or GroundKind.Tito => ground.Name.Length > 0 ? texts.Of("attendee.ground-ticket-of", ground.Name) : texts.Of("attendee.ground-ticket"),
        GroundKind.Speaker => texts.Of("attendee.ground-speaker"),
        GroundKind.Admin => texts.Of("attendee.ground-admin"),
        _ => texts.Of("attendee.ground-invited"),
    };
}
