using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace App.Tests.Infrastructure.Messaging;

/// <summary>A job that is running isn't run beside itself, by nobody and on no replica, and no run of its own is lost for that.</summary>
public sealed class RecurringJobsTests
{
    static readonly DateTimeOffset Noon = new(2027, 1, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Run_now_beside_a_running_job_says_so_and_whoever_waits_comes_after_it()
    {
        var (connection, clock, gate) = (await Databases.New(), new TestClock(Noon), new Gate());
        void Jobs(IServiceCollection services) => services.AddSingleton(gate).AddRecurringJob("pass-gate", TimeSpan.FromMinutes(1), new PassGate());
        await using var here = await StoreHost.Start(connection, clock, more: Jobs);
        await using var there = await StoreHost.Start(connection, clock, more: Jobs);

        // The planned run, which some worker has taken up.
        await Eventually.Is(() => Task.FromResult(gate.Inside == 1));
        foreach (var host in new[] { here, there }) (await host.Get<RecurringJobs>().TryRunNow("pass-gate", host.Bus, default)).ShouldBe(JobAnswer.IsRunning);
        (await here.Get<RecurringJobs>().TryRunNow("no-such-job", here.Bus, default)).ShouldBe(JobAnswer.NoSuchJob);
        var waiting = there.Get<RecurringJobs>().RunNow("pass-gate", there.Bus, default);
        gate.Begun.ShouldBe(1);
        gate.Open(1);
        await Eventually.Is(() => Task.FromResult(gate.Begun == 2));

        // Its next planned run falls into the one that a person began: it comes a little later, and isn't lost.
        await Eventually.Is(async () => await Due(here) > clock.Now);
        clock.Now += TimeSpan.FromMinutes(2);
        await Eventually.Is(async () => { Wake(here); return await Due(here) == clock.Now + TimeSpan.FromSeconds(5); });
        gate.Begun.ShouldBe(2);
        gate.Open(1);
        (await waiting).ShouldBeTrue();
        clock.Now += TimeSpan.FromSeconds(10);
        await Eventually.Is(() => { Wake(here); return Task.FromResult(gate.Begun == 3); });
        gate.Open(10);
        await here.HandleDueMessages();
        gate.Most.ShouldBe(1);
    }

    static void Wake(StoreHost host) => host.Get<MessageWorkers>().Wake(Lanes.Jobs);

    static async Task<DateTimeOffset> Due(StoreHost host) => await host.Db.QueryFirst<DateTimeOffset>("select due from messages where key = 'job:pass-gate'", default);
}
