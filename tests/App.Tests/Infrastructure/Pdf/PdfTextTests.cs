using App.Infrastructure.Pdf;

namespace App.Tests.Infrastructure.Pdf;

public sealed class PdfTextTests
{
    [Theory]
    [InlineData("محمد", "ﻣﺤﻤﺪ")] // initial, medial, medial, final
    [InlineData("دار", "ﺩﺍﺭ")] // none of the three joins the next
    [InlineData("سلام", "ﺳﻼﻡ")] // lam and alef as one
    [InlineData("مُحَمَّد", "ﻣﺤﻤﺪ")] // vowel marks left out
    [InlineData("پژوهش", "ﭘﮋﻭﻫﺶ")] // Persian
    [InlineData("Ada", "Ada")]
    public void Arabic_letters_join(string typed, string drawn) => ArabicForms.Join(typed).ShouldBe(drawn);

    [Theory]
    [InlineData("Ada 12", "Ada 12")]
    [InlineData("שלום", "םולש")]
    [InlineData("יעל (Yael) 12", "12 (Yael) לעי")]
    [InlineData("Seat 12, שלום 7!", "Seat 12, 7 םולש!")]
    [InlineData("שלום 19:00", "19:00 םולש")]
    public void A_line_stands_on_paper_from_left_to_right(string typed, string drawn) => TextOrder.Visual(typed).ShouldBe(drawn);

    [Theory]
    [InlineData("Latin àéîõü ßđŁ ŵ Nguyễn €")]
    [InlineData("Ελληνικά ΆΐΏ")]
    [InlineData("Кириллица Їєґ Ђћџ Қазақ")]
    [InlineData("ليلى عبد الرحمن گچپژ ٹڈڑ ی ے ٣٤")]
    [InlineData("עברית")]
    public void Every_letter_of_these_scripts_has_a_glyph_in_both_weights(string text)
    {
        foreach (var face in new[] { PdfFace.Regular, PdfFace.Bold })
            foreach (var run in PdfText.Of(text, face).Runs)
                foreach (var (code, letter) in run.Glyphs)
                    (run.Font is not null && code != 0 && code != run.Font.Glyph(System.Text.Rune.ReplacementChar)).ShouldBeTrue($"'{letter}' in {face}");
    }

    [Theory]
    [InlineData("山田 太郎さん", "Japan1")]
    [InlineData("김민준", "Korea1")]
    [InlineData("王小明", "GB1")]
    public void East_Asian_letters_are_drawn_by_a_font_of_this_machine_or_of_the_readers(string text, string collection)
    {
        foreach (var run in PdfText.Of(text, PdfFace.Bold).Runs.Where(r => r.Glyphs.Any(g => g.Text != " ")))
            (run.Font?.Name.StartsWith("NotoSans", StringComparison.Ordinal) is false || run.Collection == collection).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Inês’s Łódź, ليلى, יעל, Їжакевич", PdfLetters.Whole)]
    [InlineData("山田 太郎さん", PdfLetters.Readers)]
    [InlineData("สมชาย", PdfLetters.Gaps)]
    [InlineData("山田 สมชาย 😀", PdfLetters.Gaps)]
    public void What_a_file_can_say_of_a_text_is_known_without_writing_it(string text, PdfLetters letters) => PdfText.Letters(text, []).ShouldBe(letters);

    [Fact]
    public void An_East_Asian_font_is_found_told_of_and_not_believed_when_it_is_none()
    {
        var none = EastAsianFonts.Look("/nowhere/font.ttf:" + typeof(PdfTextTests).Assembly.Location);
        none.Unusable.Count.ShouldBe(2);
        none.Says.ShouldContain("/nowhere/font.ttf");
        new EastAsianFonts([], []).Says.ShouldContain("fonts-droid-fallback");
        var han = new EastAsianFonts([TrueTypeFont.Embedded("NotoSans-Regular")], []);
        han.Says.ShouldContain("from NotoSans-Regular");
    }

    [Fact]
    public void A_line_that_is_too_wide_is_cut_and_a_long_one_is_broken_at_spaces()
    {
        var line = PdfText.Fit("A very long name that nobody has", PdfFace.Regular, 12, 80);
        line.Text.ShouldEndWith("…");
        line.Width(12).ShouldBeLessThanOrEqualTo(80);
        var lines = PdfText.Wrap("The harbour at night and what the gulls say about it", PdfFace.Bold, 20, 150, 3);
        lines.Count.ShouldBe(3);
        lines.ShouldAllBe(l => l.Width(20) <= 150);
        lines[0].Text.ShouldBe("The harbour at");
    }
}
