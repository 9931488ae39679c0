using System.Text.Json;
using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Tests.Features.Checkout;

public sealed class InventoryTests
{
    [Fact]
    public async Task A_thousand_random_histories_never_oversell_and_every_number_is_what_the_log_says()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            History history = null!;
            history = new(seed) { Check = () => IsWhatTheLogSays(history.State, history.Log, seed) };
            history.Run(60);
            (await Invariants.FaultsOf(history.Log)).ShouldBeEmpty($"seed {seed}");
            if (seed % 50 == 0) IsWhatTheLogSays(Snapshot(history.State), history.Log, seed);
        }
    }

    [Fact]
    public async Task Without_the_check_of_what_is_left_the_same_histories_are_caught()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var history = new History(seed, careless: true);
            history.Run(60);
            (await Invariants.FaultsOf(history.Log)).ShouldNotBeEmpty($"seed {seed}");
        }
    }

    static Inventory Snapshot(Inventory state) =>
        JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(state, CheckoutJson.Default.Inventory), CheckoutJson.Default.Inventory)!;

    /// <summary>Once more from nothing, the slow and simple way: who holds what, who has what, added up.</summary>
    static void IsWhatTheLogSays(Inventory state, List<object> log, int seed)
    {
        var (held, until, taken) = (new Dictionary<Guid, Places[]>(), new Dictionary<Guid, DateTimeOffset>(), new List<(Guid Order, Places Place, int Held, int Sold)>());
        var (capacity, open) = (new Dictionary<Guid, int>(), new Dictionary<string, Guid>());
        foreach (var fact in log)
        {
            switch (fact)
            {
                case CapacitySet e: capacity[e.QuotaId] = e.Capacity; break;
                case SeatsOpened e: foreach (var seat in e.Seats) open[seat] = e.QuotaId; break;
                case SeatsClosed e: foreach (var seat in e.Seats) if (open.GetValueOrDefault(seat) == e.QuotaId) open.Remove(seat); break;
                case PlacesHeld e: (held[e.HoldId], until[e.HoldId]) = (e.Places, e.Until); Move(e.HoldId, e.Places, 1, 0); break;
                case HoldExtended e: until[e.HoldId] = e.Until; break;
                case HoldsEnded e: foreach (var id in e.HoldIds) { held.Remove(id, out var places); Move(id, places!, -1, 0); } break;
                case PlacesSold e: if (held.Remove(e.HoldId, out var hold)) Move(e.HoldId, hold, -1, 1); else Move(e.HoldId, e.Places!, 0, 1); break;
                case PlacesReturned e: Move(e.HoldId, e.Places, 0, -1); break;
            }
        }
        var why = $"seed {seed} after {log.Count} facts";
        foreach (var (id, q) in state.Quotas)
        {
            q.Capacity.ShouldBe(capacity[id], why);
            q.Held.ShouldBe(taken.Sum(t => t.Held * t.Place.Count * t.Place.Quotas.Count(x => x == id)), why);
            q.Sold.ShouldBe(taken.Sum(t => t.Sold * t.Place.Count * t.Place.Quotas.Count(x => x == id)), why);
        }
        state.Holds.Keys.ToHashSet().SetEquals(held.Keys).ShouldBeTrue(why);
        var deadlines = state.Deadlines.SelectMany(d => d.Value.Select(id => (id, d.Key))).ToArray();
        (deadlines.Length == held.Count && deadlines.All(d => held.ContainsKey(d.id) && until[d.id].ToUnixTimeSeconds() == d.Key)).ShouldBeTrue(why);
        var seats = taken.SelectMany(t => (t.Place.Seats ?? []).Select(seat => (seat, t.Order, By: t.Held + t.Sold))).GroupBy(s => (s.seat, s.Order), s => s.By).Where(g => g.Sum() != 0).ToArray();
        seats.All(g => g.Sum() == 1).ShouldBeTrue(why);
        state.Holders.Select(h => (h.Key, h.Value)).ToHashSet().SetEquals(seats.Select(g => g.Key)).ShouldBeTrue(why);
        state.Seats.Select(s => (s.Key, s.Value.Quota)).ToHashSet().SetEquals(open.Select(o => (o.Key, o.Value))).ShouldBeTrue(why);
        state.Seats.Values.Select(s => s.Order).Distinct().Count().ShouldBe(open.Count, why);
        var free = open.Where(o => !seats.Any(g => g.Key.seat == o.Key)).Select(o => (o.Value, state.Seats[o.Key].Order, o.Key));
        state.FreeSeats.SelectMany(f => f.Value.Select(s => (f.Key, s.Key, s.Value))).ToHashSet().SetEquals(free).ShouldBeTrue(why);

        void Move(Guid order, Places[] places, int h, int s) => taken.AddRange(places.Select(p => (order, p, h, s)));
    }
}
