using App.Features.Live.Contracts;
using App.Features.Live.Questions;
using App.Infrastructure.Store;

namespace App.Tests.Features.Live;

public sealed class SessionQuestionsTests
{
    static readonly Guid Event = new("0190de30-0000-7000-8000-0000000000c0"), Session = new("0190de30-0000-7000-8000-0000000000c1"), Moderator = Id(99);
    static readonly DateTimeOffset Now = new(2027, 5, 1, 9, 0, 0, TimeSpan.Zero);

    static Guid Id(int n) => new(n, 0, 0, new byte[8]);
    static SessionQuestions Apply(SessionQuestions state, Decision decision) => (decision.Facts ?? throw new InvalidOperationException(decision.Refusal)).Aggregate(state, SessionQuestions.Evolve);
    static Decision Ask(SessionQuestions s, int question, int author = 1, bool shown = true, DateTimeOffset? at = null) => AskQuestionHandler.Decide(new(Event, Session, Id(question), Id(author), "Ada", "Why?", false), shown, s, at ?? Now);
    static Decision Vote(SessionQuestions s, int question, int person, bool on = true) => VoteQuestionHandler.Decide(new(Event, Session, Id(question), Id(person), on), s, Now);
    static Decision Do(SessionQuestions s, int question, QuestionDeed deed) => ModerateQuestionHandler.Decide(new(Event, Session, Id(question), deed, Moderator), s, Now);

    static SessionQuestions Asked(params int[] questions) => questions.Aggregate(SessionQuestions.Empty, (s, q) => Apply(s, Ask(s, q, author: q)));

    [Fact]
    public void A_question_sent_twice_is_one_question() => Ask(Asked(1), 1).Facts.ShouldBeEmpty();

    [Fact]
    public void Whoever_has_asked_three_waits_until_the_first_is_five_minutes_old()
    {
        var state = Enumerable.Range(1, 3).Aggregate(SessionQuestions.Empty, (s, q) => Apply(s, Ask(s, q, at: Now.AddMinutes(q - 1))));
        var refused = Ask(state, 4, at: Now.AddMinutes(2));
        (refused.Refusal, refused.Arguments[0]).ShouldBe(("questions.too-often", (object)3));
        Ask(state, 4, author: 2, at: Now.AddMinutes(2)).Accepted.ShouldBeTrue();
        Ask(state, 4, at: Now.AddMinutes(5)).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void A_vote_counts_once_and_can_be_taken_back()
    {
        var voted = Apply(Asked(1), Vote(Asked(1), 1, person: 7));
        voted.All[Id(1)].Votes.Count.ShouldBe(1);
        Vote(voted, 1, person: 7).Facts.ShouldBeEmpty("pressed twice");
        Apply(voted, Vote(voted, 1, person: 7, on: false)).All[Id(1)].Votes.ShouldBeEmpty();
        Vote(Asked(1), 1, person: 7, on: false).Facts.ShouldBeEmpty("there was none");
    }

    [Fact]
    public void What_is_not_shown_takes_no_votes()
    {
        var waiting = Apply(SessionQuestions.Empty, Ask(SessionQuestions.Empty, 1, shown: false));
        Vote(waiting, 1, person: 7).Refusal.ShouldBe("questions.gone");
        foreach (var deed in new[] { QuestionDeed.Hide, QuestionDeed.Answer }) Vote(Apply(Asked(1), Do(Asked(1), 1, deed)), 1, person: 7).Refusal.ShouldBe("questions.gone");
        Vote(SessionQuestions.Empty, 1, person: 7).Refusal.ShouldBe("questions.gone");
    }

    [Fact]
    public void One_question_at_a_time_is_being_answered_and_none_when_it_is_answered_or_hidden()
    {
        var state = Apply(Asked(1, 2), Do(Asked(1, 2), 1, QuestionDeed.Pin));
        state.Pinned.ShouldBe(Id(1));
        state = Apply(state, Do(state, 2, QuestionDeed.Pin));
        state.Pinned.ShouldBe(Id(2));
        Apply(state, Do(state, 2, QuestionDeed.Answer)).Pinned.ShouldBeNull();
        Apply(state, Do(state, 2, QuestionDeed.Hide)).Pinned.ShouldBeNull();
        Apply(state, Do(state, 2, QuestionDeed.Unpin)).Pinned.ShouldBeNull();
        Do(state, 1, QuestionDeed.Unpin).Facts.ShouldBeEmpty("it isn't the one");
    }

    [Fact]
    public void What_waits_is_shown_when_it_is_to_be_answered_now()
    {
        var waiting = Apply(SessionQuestions.Empty, Ask(SessionQuestions.Empty, 1, shown: false));
        Apply(waiting, Do(waiting, 1, QuestionDeed.Pin)).All[Id(1)].State.ShouldBe(QuestionState.Shown);
    }

    [Fact]
    public void Two_moderators_who_press_the_same_write_it_once()
    {
        foreach (var deed in new[] { QuestionDeed.Hide, QuestionDeed.Answer, QuestionDeed.Pin })
            Do(Apply(Asked(1), Do(Asked(1), 1, deed)), 1, deed).Facts.ShouldBeEmpty();
        Do(Asked(1), 1, QuestionDeed.Show).Facts.ShouldBeEmpty();
    }

    [Fact]
    public void An_erased_question_leaves_nothing()
    {
        var state = Apply(Asked(1), Do(Asked(1), 1, QuestionDeed.Pin));
        var erased = SessionQuestions.Evolve(state, new QuestionErased(Event, Session, Id(1), Now));
        (erased.Pinned, erased.All.Count).ShouldBe((null, 0));
    }
}
