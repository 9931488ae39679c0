using System.CommandLine;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.CommandLine;
using App.Infrastructure.Messaging;
using App.Infrastructure.Web;

namespace App.Features.Organizations;

/// <summary><c>foyer organization …</c>: what nobody can do from inside, since nobody is inside yet, or nobody can come in any more. Exit code 1: refused, and why is on the error stream.</summary>
public static class OrganizationCommands
{
    public static Command All(BuildApplication build)
    {
        var organization = new Command("organization", "Organizations of this installation: found one, let somebody in again");
        organization.Subcommands.Add(Found(build));
        organization.Subcommands.Add(Password(build));
        return organization;
    }

    static Command Found(BuildApplication build)
    {
        var slug = new Argument<string>("short-name") { Description = "Stands in addresses: small letters, digits, dashes" };
        var name = new Argument<string>("name") { Description = "As people know it" };
        var owner = new Option<string>("--owner") { Description = "The first owner's email address; they sign in with it", Required = true };
        var person = new Option<string?>("--person") { Description = "The owner's name" };
        var contact = new Option<string?>("--contact") { Description = "Where buyers write to; left out: the owner's address" };
        var address = new Option<string?>("--address") { Description = "Street and city, for mails and receipts" };
        var hue = new Option<int>("--hue") { Description = "Its colour, 0 to 360 degrees", DefaultValueFactory = _ => 212 };
        var stripe = new Option<string?>("--stripe") { Description = "The connected account that is paid (acct_…); left out: the installation's own" };
        var command = Commands.Command("found", "Found an organization; prints its owner's first password, once", (parsed, ct) => Refusing(build, parsed, async services =>
        {
            var email = parsed.GetValue(owner)!.Trim();
            var card = await services.GetRequiredService<MessageBus>().InvokeAsync<OrganizationCard>(new FoundOrganization(parsed.GetValue(slug)!, parsed.GetValue(name)!, email, parsed.GetValue(contact), parsed.GetValue(address), parsed.GetValue(hue), parsed.GetValue(stripe)), ct);
            var password = await services.GetRequiredService<Members>().Add(card.Id, email, parsed.GetValue(person)?.Trim() ?? email, StaffRole.Owner, services.GetRequiredService<MemberManager>(), ct: ct);
            Commands.Print(parsed, new { organization = card.Slug, card.Id, owner = email, password }, () => Say(services, email, password));
        }));
        command.Arguments.Add(slug);
        command.Arguments.Add(name);
        foreach (var option in new Option[] { owner, person, contact, address, hue, stripe }) command.Options.Add(option);
        return command;
    }

    static Command Password(BuildApplication build)
    {
        var email = new Argument<string>("email") { Description = "With which they sign in" };
        var command = Commands.Command("password", "Give somebody who forgot theirs a new password, and end their sign-ins; prints it, once", (parsed, ct) => Refusing(build, parsed, async services =>
        {
            var manager = services.GetRequiredService<MemberManager>();
            var member = await manager.FindByNameAsync(parsed.GetValue(email)!.Trim()) ?? throw new Refused("organizations.no-such-person");
            var password = await Members.RenewPassword(member, manager);
            Commands.Print(parsed, new { member.Email, password }, () => Say(services, member.Email, password));
        }));
        command.Arguments.Add(email);
        return command;
    }

    static void Say(IServiceProvider services, string email, string? password)
    {
        Console.WriteLine($"{services.GetRequiredService<SiteOptions>().Link("/sign-in")}");
        Console.WriteLine(password is null ? $"{email} has an account already and signs in with it as before." : $"{email} signs in once with {password} and then chooses their own. It is kept nowhere.");
    }

    static Task<int> Refusing(BuildApplication build, ParseResult parsed, Func<IServiceProvider, Task> deed) => Commands.With(build, parsed, async app =>
    {
        await using var scope = app.Services.CreateAsyncScope();
        try
        {
            await deed(scope.ServiceProvider);
            return 0;
        }
        catch (Refused no)
        {
            await Console.Error.WriteLineAsync(app.Services.GetRequiredService<Texts>().Of(no));
            return 1;
        }
    });
}
