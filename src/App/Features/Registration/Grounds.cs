using App.Features.Registration.Contracts;

namespace App.Features.Registration;

/// <summary>Reasons for access as people read them.</summary>
public static class Grounds
{
    public static string Say(AccessGround ground) => ground.Kind switch
    {
        GroundKind.Ticket or GroundKind.Tito => ground.Name.Length > 0 ? $"Ticket: {ground.Name}" : "Ticket",
        GroundKind.Speaker => "Speaks here",
        GroundKind.Admin => "Works for the organizer",
        _ => "Invited by the organizer",
    };
}
