using App.Features.Events.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Live.Questions;

/// <summary>For who leads the session, on a phone: what waits, what is shown, what is being answered, each with large buttons. Nobody else's to see, since it names who wants to stay unnamed.</summary>
[InArchive(Archived.Ends)]
public sealed class ModerationPage(TalkSessions sessions, QuestionBoards boards, Moderators moderators, MessageBus bus) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true)] public string Organization { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Session { get; set; } = "";

    public TalkView View { get; private set; } = null!;
    public QuestionBoard Board { get; private set; } = null!;
    Guid me;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var ct = HttpContext.RequestAborted;
        HttpContext.Allow().IsPrivate = true;
        if (await sessions.Find(Organization, Slug, Session, ct) is not { Rules.Questions.Mode: not Contracts.QuestionMode.Off } view) { context.Result = NotFound(); return; }
        View = view;
        if (await moderators.Of(HttpContext, view, ct) is not { } moderator) { context.Result = Redirect(view.SignIn(view.Questions + "/moderate")); return; }
        (me, Board) = (moderator, await boards.Of(view.Session.Id, ct));
        await next();
    }

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => Task.FromResult<IActionResult>(Page());

    public IActionResult OnGetList() => Partial("_Moderation", this);

    public Task<IActionResult> OnPostShowAsync(Guid question, CancellationToken ct) => Do(question, QuestionDeed.Show, ct);
    public Task<IActionResult> OnPostHideAsync(Guid question, CancellationToken ct) => Do(question, QuestionDeed.Hide, ct);
    public Task<IActionResult> OnPostAnswerAsync(Guid question, CancellationToken ct) => Do(question, QuestionDeed.Answer, ct);
    public Task<IActionResult> OnPostPinAsync(Guid question, CancellationToken ct) => Do(question, QuestionDeed.Pin, ct);
    public Task<IActionResult> OnPostUnpinAsync(Guid question, CancellationToken ct) => Do(question, QuestionDeed.Unpin, ct);

    async Task<IActionResult> Do(Guid question, QuestionDeed deed, CancellationToken ct)
    {
        await bus.InvokeAsync(new ModerateQuestion(View.Event.Id, View.Session.Id, question, deed, me), ct);
        Response.Headers.Location = View.Questions + "/moderate";
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
