using App.Features.Events.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Live.Questions;

/// <summary>For the wall of the room: the question that is being answered in large type, and what most people want to hear next.</summary>
[InArchive(Archived.Ends)]
public sealed class ScreenPage(TalkSessions sessions, QuestionBoards boards, SiteOptions site) : PageModel
{
    public const int Most = 5;

    public TalkView View { get; private set; } = null!;
    public IReadOnlyList<AskedQuestion> Questions { get; private set; } = [];
    public AskedQuestion? Pinned => Questions.FirstOrDefault(q => q.IsPinned);
    public string Address => site.Link(View.Questions).Replace("https://", "", StringComparison.Ordinal).Replace("http://", "", StringComparison.Ordinal);

    public Task<IActionResult> OnGetAsync(string organization, string slug, string session, CancellationToken ct) => Show(organization, slug, session, part: false, ct);
    public Task<IActionResult> OnGetListAsync(string organization, string slug, string session, CancellationToken ct) => Show(organization, slug, session, part: true, ct);

    async Task<IActionResult> Show(string organization, string slug, string session, bool part, CancellationToken ct)
    {
        if (await sessions.Find(organization, slug, session, ct) is not { Rules.Questions.Mode: not Contracts.QuestionMode.Off } view) return NotFound();
        var board = await boards.Of(view.Session.Id, ct);
        (View, Questions) = (view, [.. board.Shown.Take(Most)]);
        if (!part) return Page();
        return PagePart.IsKnown(HttpContext, $"w{board.Version}") ? new EmptyResult() : Partial("_Screen", this);
    }
}
