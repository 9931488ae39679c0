using App.Features.Schedule.Contracts;
using App.Features.Schedule.Mine;
using App.Infrastructure.Store;

namespace App.Tests.Features.Schedule.Mine;

/// <summary>plaza.md §5: capped sessions were counted by a query and then written, so two who came at once both got the last place.</summary>
public sealed class SessionPlacesTests
{
    static readonly Guid Event = Guid.Parse("0190de30-0000-7000-8000-0000000000c0"), Session = Guid.Parse("0190de30-0000-7000-8000-0000000000c1");
    static readonly DateTimeOffset Now = Samples.Now;
    static Guid Person(int n) => new(n, 0, 0, new byte[8]);

    static SessionPlaces Apply(SessionPlaces state, Decision decision) => decision.Facts!.Aggregate(state, SessionPlaces.Evolve);
    static SessionPlaces Take(SessionPlaces state, int person, int capacity) => Apply(state, TakePlaceHandler.Decide(new(Event, Session, Person(person)), capacity, state, Now));
    static SessionPlaces Release(SessionPlaces state, int person, int capacity) => Apply(state, ReleasePlaceHandler.Decide(new(Event, Session, Person(person)), capacity, state, Now));

    [Fact]
    public void The_last_place_goes_once_and_the_next_waits()
    {
        var state = Take(Take(Take(SessionPlaces.Empty, 1, 2), 2, 2), 3, 2);
        (state.Taken.Count, state.Waiting.Single()).ShouldBe((2, Person(3)));
        Take(state, 3, 2).ShouldBe(state, "asking again changes nothing");
        Take(state, 1, 2).ShouldBe(state);
    }

    [Fact]
    public void Whoever_waits_longest_gets_what_comes_free()
    {
        var state = Release(Take(Take(Take(SessionPlaces.Empty, 1, 1), 2, 1), 3, 1), 1, 1);
        (state.Taken.Single(), state.Waiting.Single()).ShouldBe((Person(2), Person(3)));
        Release(state, 3, 1).Waiting.ShouldBeEmpty();
        Release(state, 9, 1).ShouldBe(state, "who has nothing gives nothing back");
    }

    [Fact]
    public void A_larger_room_is_for_those_who_wait_before_it_is_for_others()
    {
        var state = Take(Take(SessionPlaces.Empty, 1, 1), 2, 1);
        var larger = Take(state, 3, 2);
        (larger.Taken.Contains(Person(2)), larger.Waiting.Single()).ShouldBe((true, Person(3)));
    }

    [Fact]
    public void A_smaller_room_keeps_who_is_in_and_lets_nobody_more_in()
    {
        var state = Take(Take(Take(SessionPlaces.Empty, 1, 3), 2, 3), 3, 3);
        var smaller = Take(Release(state, 1, 1), 4, 1);
        (smaller.Taken.Count, smaller.Waiting.Single()).ShouldBe((2, Person(4)));
    }

    [Fact]
    public void In_a_thousand_random_histories_nobody_comes_in_beyond_the_places_and_nobody_waits_beside_a_free_one()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var (random, state, capacity) = (new Random(seed), SessionPlaces.Empty, 3);
            for (var step = 0; step < 60; step++)
            {
                var (before, person) = (state, random.Next(8));
                if (random.Next(12) == 0) capacity = random.Next(6);
                state = random.Next(3) == 0 ? Release(state, person, capacity) : Take(state, person, capacity);
                if (state.Taken.Count > before.Taken.Count) state.Taken.Count.ShouldBeLessThanOrEqualTo(capacity, $"seed {seed}, step {step}");
                state.Waiting.Count.ShouldBe(state.Waiting.Distinct().Count(), $"seed {seed}, step {step}");
                state.Taken.Intersect(state.Waiting).ShouldBeEmpty($"seed {seed}, step {step}");
            }
            state = Apply(state, Decision.Accept([.. state.Promoted(Event, Session, capacity, Now)]));
            (state.Waiting.IsEmpty || state.Taken.Count >= capacity).ShouldBeTrue($"seed {seed}");
        }
    }
}
