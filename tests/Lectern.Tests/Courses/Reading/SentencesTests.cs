using Lectern.Courses.Reading;

namespace Lectern.Tests.Courses.Reading;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("One. Two! Three? Four", "en", "One.|Two!|Three?|Four")]
    [InlineData("It is 2.5 cm long. It grows.", "en", "It is 2.5 cm long.|It grows.")]
    [InlineData("Organelles, e.g. Mitochondria, work. They do.", "en", "Organelles, e.g. Mitochondria, work.|They do.")]
    [InlineData("See fig. 3 for more. Good.", "en", "See fig. 3 for more.|Good.")]
    [InlineData("The answer is no. He left.", "en", "The answer is no.|He left.")]
    [InlineData("Francis H. C. Crick found it. So did Watson.", "en", "Francis H. C. Crick found it.|So did Watson.")]
    [InlineData("Oranges have vitamin C. It helps.", "en", "Oranges have vitamin C.|It helps.")]
    [InlineData("Dr. Bell spoke. All heard.", "en", "Dr. Bell spoke.|All heard.")]
    [InlineData("He said \"Stop.\" Then he left.", "en", "He said \"Stop.\"|Then he left.")]
    [InlineData("Really?! Yes… Maybe.", "en", "Really?!|Yes…|Maybe.")]
    [InlineData("• one\n• two", "en", "• one|• two")]
    [InlineData("It is 5. The rest is 6.", "en", "It is 5.|The rest is 6.")]
    [InlineData("Am 3. Mai begann es. Es endete.", "de", "Am 3. Mai begann es.|Es endete.")]
    [InlineData("Im Jahr 1953. Das war so.", "de", "Im Jahr 1953.|Das war so.")]
    [InlineData("Organellen, z. B. Mitochondrien, arbeiten. Ja.", "de", "Organellen, z. B. Mitochondrien, arbeiten.|Ja.")]
    [InlineData("Das sind z.B. Zellen. Und Kerne bzw. Plasma.", "de", "Das sind z.B. Zellen.|Und Kerne bzw. Plasma.")]
    [InlineData("", "en", "")]
    [InlineData("...", "en", "...")]
    [InlineData("  Spaces.   Around.  ", "en", "Spaces.|Around.")]
    public void A_text_is_cut_where_a_sentence_ends(string text, string language, string expected) =>
        Assert.Equal(expected, string.Join('|', Sentences.Split(text, language)));

    [Fact]
    public void Nothing_but_blanks_is_lost()
    {
        const string text = "A. b! C (d.) E. F. 3.4... Ende?\n\nG";
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal),
            string.Concat(Sentences.Split(text, "en")).Replace(" ", "", StringComparison.Ordinal));
    }
}
