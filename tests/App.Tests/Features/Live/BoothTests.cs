using App.Features.Live.Contracts;
using App.Features.Live.Interpretation;
using App.Infrastructure.Store;

namespace App.Tests.Features.Live;

public sealed class BoothTests
{
    static readonly Guid Event = new("0190de30-0000-7000-8000-0000000000c0"), Session = new("0190de30-0000-7000-8000-0000000000c1"), Ada = Id(1), Bo = Id(2), Cy = Id(3);
    static readonly Channel Channel = new(Channel.IdOf(Session, "es"), Session, "es", "https://sound.example/es");
    static readonly DateTimeOffset Now = new(2027, 5, 1, 9, 0, 0, TimeSpan.Zero);

    static Guid Id(int n) => new(n, 0, 0, new byte[8]);
    static Decision Do(Booth booth, Guid person, BoothDeed deed, Guid? onAir = null, int minutes = 0, DateTimeOffset? at = null) => UseBoothHandler.Decide(new(Channel, Event, person, "", deed, onAir, minutes), booth, at ?? Now);
    static Booth Apply(Booth booth, Decision decision) => (decision.Facts ?? throw new InvalidOperationException(decision.Refusal)).Aggregate(booth, Booth.Evolve);
    static Booth After(Booth booth, Guid person, BoothDeed deed, Guid? onAir = null, int minutes = 0, DateTimeOffset? at = null) => Apply(booth, Do(booth, person, deed, onAir, minutes, at));
    static Booth With(params Guid[] people) => people.Aggregate(Booth.Empty, (b, p) => After(b, p, BoothDeed.Enter));

    [Fact]
    public void Of_two_who_take_a_free_microphone_at_once_one_has_it_and_the_other_is_told()
    {
        var booth = After(With(Ada, Bo), Ada, BoothDeed.Take);
        booth.OnAir.ShouldBe(Ada);
        Do(booth, Bo, BoothDeed.Take, onAir: null).Refusal.ShouldBe("booth.somebody-else");
        After(booth, Bo, BoothDeed.Take, onAir: Ada).OnAir.ShouldBe(Bo, "who sees Ada on air and takes over means it");
    }

    [Fact]
    public void A_second_press_changes_nothing()
    {
        var booth = After(With(Ada, Bo), Ada, BoothDeed.Take);
        Do(booth, Ada, BoothDeed.Take, onAir: null).Facts.ShouldBeEmpty();
        Do(booth, Ada, BoothDeed.Enter).Facts.ShouldBeEmpty();
        var asked = After(booth, Ada, BoothDeed.Ask, minutes: 10);
        Do(asked, Ada, BoothDeed.Ask, minutes: 10).Facts.ShouldBeEmpty();
        var accepted = After(asked, Bo, BoothDeed.Accept);
        Do(accepted, Bo, BoothDeed.Accept).Facts.ShouldBeEmpty();
        Do(After(accepted, Bo, BoothDeed.Release), Bo, BoothDeed.Release).Facts.ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_relieves_is_on_air_for_as_long_as_was_asked()
    {
        var asked = After(After(With(Ada, Bo, Cy), Ada, BoothDeed.Take), Ada, BoothDeed.Ask, minutes: 15);
        Do(asked, Ada, BoothDeed.Accept).Facts.ShouldBeEmpty("one doesn't relieve oneself");
        var relieved = After(asked, Bo, BoothDeed.Accept);
        (relieved.OnAir, relieved.Until, relieved.Asked).ShouldBe((Bo, Now.AddMinutes(15), null));
        Do(relieved, Cy, BoothDeed.Accept).Refusal.ShouldBe("booth.nobody-asks");
    }

    [Fact]
    public void Only_who_is_there_speaks_and_only_who_is_on_air_and_not_alone_asks()
    {
        Do(With(Ada), Bo, BoothDeed.Take).Refusal.ShouldBe("booth.enter-first");
        Do(With(Ada, Bo), Ada, BoothDeed.Ask, minutes: 5).Refusal.ShouldBe("booth.not-on-air");
        Do(After(With(Ada), Ada, BoothDeed.Take), Ada, BoothDeed.Ask, minutes: 5).Refusal.ShouldBe("booth.alone");
        Do(After(With(Ada, Bo), Ada, BoothDeed.Take), Ada, BoothDeed.Ask, minutes: 61).Refusal.ShouldBe("booth.minutes");
        SendBoothMessageHandler.Decide(new(Channel, Event, Bo, Id(9), "Hello"), With(Ada), Now).Refusal.ShouldBe("booth.enter-first");
    }

    [Fact]
    public void A_lost_line_frees_the_microphone_and_leaving_does_too()
    {
        var booth = After(With(Ada, Bo), Ada, BoothDeed.Take);
        booth = After(booth, Bo, BoothDeed.Stay, at: Now.AddSeconds(60));
        Booth.Expire(booth, Now.AddSeconds(89)).ShouldBeEmpty();
        booth.IsLive(Now.AddSeconds(89)).ShouldBeTrue();
        booth.IsLive(Now.AddSeconds(90)).ShouldBeFalse("also before it is written down");
        var lost = Booth.Expire(booth, Now.AddSeconds(90)).ShouldHaveSingleItem().ShouldBeOfType<BoothLeft>();
        (lost.Person, lost.Lost).ShouldBe((Ada, true));
        var after = Booth.Evolve(booth, lost);
        (after.OnAir, after.Present.Keys.Single()).ShouldBe((null, Bo));
        After(booth, Ada, BoothDeed.Leave).OnAir.ShouldBeNull();
        After(booth, Bo, BoothDeed.Leave).OnAir.ShouldBe(Ada);
    }

    [Fact]
    public void Still_being_there_is_written_three_times_a_minute_at_the_most()
    {
        Do(With(Ada), Ada, BoothDeed.Stay, at: Now.AddSeconds(19)).Facts.ShouldBeEmpty();
        Do(With(Ada), Ada, BoothDeed.Stay, at: Now.AddSeconds(20)).Facts!.ShouldHaveSingleItem().ShouldBeOfType<BoothSeen>();
        Do(With(Ada), Bo, BoothDeed.Stay).Facts.ShouldBeEmpty("a page that is still open after its reader left");
    }

    [Fact]
    public void In_a_thousand_random_histories_never_more_than_one_is_on_air_and_they_are_there()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var (random, booth, now) = (new Random(seed), Booth.Empty, Now);
            Guid? heard = null;
            for (var step = 0; step < 60; step++)
            {
                now = now.AddSeconds(random.Next(40));
                booth = Booth.Expire(booth, now).Aggregate(booth, Booth.Evolve);
                var decision = Do(booth, Id(random.Next(4)), (BoothDeed)random.Next(7), random.Next(2) == 0 ? booth.OnAir : heard, 5, now);
                heard = booth.OnAir;
                if (decision.Facts is { } facts) booth = facts.Aggregate(booth, Booth.Evolve);
                if (booth.OnAir is { } person) booth.Present.ContainsKey(person).ShouldBeTrue($"seed {seed}, step {step}");
            }
        }
    }
}
