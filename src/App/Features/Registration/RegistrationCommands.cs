using System.CommandLine;
using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.CommandLine;
using App.Infrastructure.Messaging;
using App.Infrastructure.Web;

namespace App.Features.Registration;

/// <summary><c>foyer registration …</c>. Exit code 1: refused, and why is on the error stream.</summary>
public static class RegistrationCommands
{
    public static Command All(BuildApplication build)
    {
        var registration = new Command("registration", "Who may come to a conference: say which event of Tito's sells its tickets");
        registration.Subcommands.Add(Tito(build));
        return registration;
    }

    static Command Tito(BuildApplication build)
    {
        var of = new Argument<string>("event") { Description = "organization/event" };
        var address = new Argument<string?>("tito") { Description = "account/event, as in Tito's addresses; left out: Tito is asked no more", Arity = ArgumentArity.ZeroOrOne };
        var every = new Option<int?>("--every") { Description = "Minutes between two looks" };
        var command = Commands.Command("tito", "Say where the job fetch-users finds a conference's tickets", (parsed, ct) => Commands.With(build, parsed, async app =>
        {
            try
            {
                if (parsed.GetValue(of)!.Split('/') is not [var organization, var slug] || await app.Services.GetRequiredService<EventCatalogue>().Find(organization, slug, ct) is not { } e) throw new Refused("events.no-such-event");
                await app.Services.GetRequiredService<MessageBus>().InvokeAsync(new SetTitoSource(e.Id, parsed.GetValue(address), parsed.GetValue(every)), ct);
                return 0;
            }
            catch (Refused no)
            {
                await Console.Error.WriteLineAsync(app.Services.GetRequiredService<Texts>().Of(no));
                return 1;
            }
        }));
        command.Arguments.Add(of);
        command.Arguments.Add(address);
        command.Options.Add(every);
        return command;
    }
}
