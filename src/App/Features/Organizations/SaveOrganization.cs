using App.Features.Organizations.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Organizations;

/// <summary>Changes what is known of an organization.</summary>
public sealed record SaveOrganization(OrganizationCard Card);

public static class SaveOrganizationHandler
{
    public static Task Handle(SaveOrganization command, DocumentSession db)
    {
        db.Store(command.Card);
        return Task.CompletedTask;
    }
}
