using App.Features.Checkout.Contracts;
using App.Tests.Features.Shared;

namespace App.Tests.Features.Checkout;

public sealed class PlatformFeeTests : IAsyncLifetime
{
    BoxOffice office = null!;

    public async Task InitializeAsync() => office = await BoxOffice.Open();
    public async Task DisposeAsync() => await office.DisposeAsync();

    [Fact]
    public async Task A_fee_goes_back_where_one_was_taken_and_is_not_asked_for_elsewhere()
    {
        var (priced, free) = (await office.Hold(BoxOffice.Talks, 2), await office.Hold(BoxOffice.Free, 1));
        (await PlatformFee.WasTaken(priced, "acct_promoter", office.Host.Db, default)).ShouldBeTrue();
        (await PlatformFee.WasTaken(priced, null, office.Host.Db, default)).ShouldBeFalse(); // the platform's own account: all of it is there
        (await PlatformFee.WasTaken(free, "acct_promoter", office.Host.Db, default)).ShouldBeFalse();
    }
}
