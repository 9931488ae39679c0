using App.Features.Registration;
using App.Infrastructure.Web;

namespace App.Tests.Features.Registration;

public sealed class AttendeeCardTests
{
    [Theory]
    [InlineData(null, false, "", null, "fr")] // nothing is known: the event's
    [InlineData("de", false, "", null, "de")] // the page where they came in
    [InlineData("de", false, "", "es", "es")] // the page where they asked
    [InlineData("de", true, "", "es", "de")] // chosen
    [InlineData("en", false, "it,ar", null, "ar")] // they don't read that page's: it was somebody else's browser
    [InlineData("ar", false, "en,ar", null, "ar")]
    [InlineData(null, false, "ja", null, "fr")]
    public void A_mail_speaks_what_is_known_best(string? came, bool byHand, string reads, string? asked, string spoken) =>
        new AttendeeCard(Guid.Empty, Guid.Empty, "ines@example.org", "", []) { MailLanguage = came, MailLanguageByHand = byHand, Languages = reads.Split(',', StringSplitOptions.RemoveEmptyEntries) }
            .ToAttendee().ReadsIn(Language.Find("fr")!, Language.Find(asked)).Code.ShouldBe(spoken);
}
