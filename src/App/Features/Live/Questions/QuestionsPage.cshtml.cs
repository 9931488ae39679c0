using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Live.Questions;

/// <summary>What the list of a session's questions shows.</summary>
/// <param name="Voted">By whoever looks; null: the list is the same for everybody.</param>
/// <param name="Most">Only the first of those that are open; null: all, and those that were answered.</param>
public sealed record QuestionList(TalkView View, QuestionBoard Board, bool IsOpen, IReadOnlySet<Guid>? Voted, int? Most = null);

/// <summary>A session's questions: to read for everybody, to ask and to vote on for who is signed in. The list is asked for again and again while somebody looks; it is the same for everybody and made from memory.</summary>
[InArchive(Archived.Ends)]
public sealed class QuestionsPage(TalkSessions sessions, QuestionBoards boards, IVisitors visitors, Moderators moderators, MessageBus bus, TimeProvider clock) : PageModel, IShowsRefusals
{
    public const int OnSessionPage = 3;

    [BindProperty(SupportsGet = true)] public string Organization { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Session { get; set; } = "";
    [BindProperty] public string? Text { get; set; }
    [BindProperty] public bool Anonymous { get; set; }

    /// <summary>Of this form: sent twice, it is one question.</summary>
    [BindProperty] public string? Form { get; set; }

    public TalkView View { get; private set; } = null!;
    public QuestionBoard Board { get; private set; } = null!;
    public TalkHours Hours { get; private set; }
    public Attendee? Attendee { get; private set; }
    public bool Moderates { get; private set; }
    public IReadOnlyList<AskedQuestion> Waiting => Attendee is { } a ? [.. Board.Waiting.Where(q => q.Question.Author == a.Id)] : [];
    public QuestionList List => new(View, Board, Hours.IsOpen, Board.All.Where(q => Attendee is { } a && q.Question.Votes.Contains(a.Id)).Select(q => q.Id).ToHashSet());
    public string Fault => ModelState.TryGetValue("text", out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        HttpContext.Allow().IsPrivate = true;
        (Attendee, Moderates) = ((await visitors.Current(HttpContext, View.Event.Id, ct)).Attendee, await moderators.Of(HttpContext, View, ct) is not null);
        if (Text is not null && ModelState[""]?.Errors.FirstOrDefault() is { } refusal)
        {
            ModelState.Remove("");
            ModelState.AddModelError("text", refusal.ErrorMessage);
        }
        Form ??= Ids.New(clock.GetUtcNow()).ToString("N");
        return Page();
    }

    /// <summary>The list alone, for everybody.</summary>
    /// <param name="most">Set: for the session's own page.</param>
    public async Task<IActionResult> OnGetListAsync(int? most, CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (PagePart.IsKnown(HttpContext, $"q{Board.Version}.{Hours.IsOpen}")) return new EmptyResult();
        return Partial("_Questions", new QuestionList(View, Board, Hours.IsOpen, null, most is null ? null : OnSessionPage));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if ((await visitors.Current(HttpContext, View.Event.Id, ct)).Attendee is not { } attendee) return Redirect(View.SignIn(View.Questions));
        var id = Ids.From(View.Session.Id, $"question:{attendee.Id:N}:{Form ?? Text}");
        await bus.InvokeAsync(new AskQuestion(View.Event.Id, View.Session.Id, id, attendee.Id, attendee.Name, Text ?? "", Anonymous), ct);
        return this.SeeOther(View.Questions + "#q-" + id.ToString("N"));
    }

    public Task<IActionResult> OnPostVoteAsync(Guid question, CancellationToken ct) => Vote(question, true, ct);
    public Task<IActionResult> OnPostUnvoteAsync(Guid question, CancellationToken ct) => Vote(question, false, ct);

    async Task<IActionResult> Vote(Guid question, bool on, CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        var scripted = Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal);
        if ((await visitors.Current(HttpContext, View.Event.Id, ct)).Attendee is not { } attendee) return scripted ? Unauthorized() : Redirect(View.SignIn(View.Questions));
        await bus.InvokeAsync(new VoteQuestion(View.Event.Id, View.Session.Id, question, attendee.Id, on), ct);
        return scripted ? new NoContentResult() : this.SeeOther(View.Questions + "#q-" + question.ToString("N"));
    }

    async Task<bool> Load(CancellationToken ct)
    {
        if (await sessions.Find(Organization, Slug, Session, ct) is not { Rules.Questions.Mode: not Contracts.QuestionMode.Off } view) return false;
        (View, Board, Hours) = (view, await boards.Of(view.Session.Id, ct), TalkHours.OfQuestions(view.Rules.Questions, view.Schedule, view.Session, clock.GetUtcNow()));
        return true;
    }
}
