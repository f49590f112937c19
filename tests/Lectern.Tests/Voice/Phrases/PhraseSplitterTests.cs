using Lectern.Voice.Phrases;

namespace Lectern.Tests.Voice.Phrases;

/// <summary>Expected phrases are written with a bar at each cut.</summary>
public sealed class PhraseSplitterTests
{
    private static void Cuts(string expected) =>
        Assert.Equal(expected, string.Join('|', PhraseSplitter.Split(expected.Replace("|", ""))));

    /// <summary>As <see cref="Cuts"/>, behind a first phrase, so that only sentences count.</summary>
    private static void CutsSentences(string expected) => Cuts("Listen well, |" + expected);

    [Theory]
    [InlineData("Photosynthesis, |as we saw, needs light. |It also needs water.")]
    [InlineData("In short: |light becomes sugar; oxygen is left over.")]
    [InlineData("Of course – |the leaf breathes – at night too.")]
    [InlineData("Natürlich; |das Blatt atmet auch nachts.")]
    [InlineData("It is green. |Because it reflects green light.")]
    public void The_first_phrase_ends_at_the_first_clause_of_eight_characters(string text) => Cuts(text);

    [Theory]
    [InlineData("Yes, it does, |and quickly.")]
    [InlineData("Yes. It does so. |And quickly.")]
    [InlineData("Now: we begin here, |slowly.")]
    public void A_clause_shorter_than_eight_characters_does_not_make_a_phrase(string text) => Cuts(text);

    [Fact]
    public void Without_a_clause_the_first_phrase_ends_after_twelve_words() =>
        Cuts("The green parts of every plant make sugar from light and water |using a pigment that we call chlorophyll. |It is green.");

    [Theory]
    [InlineData("Pi is about 3.14 and not 3,2 or 1,000.5 at all. |Next.")]
    [InlineData("It starts at 12:30 and costs 1,000,000 euros. |Next.")]
    [InlineData("There are 5 000 of them at 12.5 % each. |Next.")]
    [InlineData("The answer is 42. |Then we go on.")]
    [InlineData("It was in 1999. |Then came more.")]
    public void Numbers_stay_whole(string text) => CutsSentences(text);

    [Theory]
    [InlineData("Some plants, e.g. Cacti and i.e. Succulents, store water. |Others do not.")]
    [InlineData("Dr. Smith met Prof. Jones at approx. 5 o'clock. |They spoke.")]
    [InlineData("See fig. 3 and no. 7 on p. 12 of vol. 2. |Then go on.")]
    [InlineData("She said no. |Then she left.")]
    [InlineData("It took 5 ms. |Ms. Brown was glad.")]
    [InlineData("Roots, stems, leaves, etc. |All of them grow. |Roots etc. are below.")]
    [InlineData("Pflanzen, z. B. Kakteen, d. h. Sukkulenten, speichern Wasser. |Andere nicht.")]
    [InlineData("Das gilt u. U. Am Ende auch für z.B. Moose, ca. 50 Arten bzw. Formen. |Mehr nicht.")]
    [InlineData("Am 3. Oktober und der 2. Satz, siehe Abb. 4 und Nr. 5. |Weiter.")]
    [InlineData("M. Dupont et Mme. Curie, p. ex. Marie, ont travaillé. |Voir art. 5 et fig. 2. |Fin.")]
    [InlineData("J. R. R. Tolkien and J.S. Bach wrote. |Others read.")]
    [InlineData("We meet at 5 p.m. |Then we talk. |At 6 a.m. we sleep.")]
    public void Abbreviations_and_initials_do_not_end_a_sentence(string text) => CutsSentences(text);

    [Theory]
    [InlineData("We solve for x. |Then we are done.")]
    [InlineData("The sum is a + b. |5 is an example.")]
    public void A_variable_may_end_a_sentence(string text) => CutsSentences(text);

    [Theory]
    [InlineData("Well... perhaps not. |Next.")]
    [InlineData("Well… perhaps not. |Next.")]
    [InlineData("And so it went... |Then it stopped.")]
    public void An_ellipsis_within_a_sentence_does_not_end_it(string text) => CutsSentences(text);

    [Theory]
    [InlineData("See https://example.org/a.b?c=d,e:f_g_h and www.test.de/x_y for more. |Then return.")]
    [InlineData("Write to a.b@example.org or open file.txt now. |Then return.")]
    public void Addresses_stay_whole(string text) => CutsSentences(text);

    [Theory]
    [InlineData("The rule $a. B, c = 3. X$ holds. |Next.")]
    [InlineData("The rule \\(f. G = 1. X\\) holds. |Next.")]
    [InlineData("The rule \\[f. G\n = 1. X\\] holds. |Next.")]
    [InlineData("The rule $$f. G\n = 1. X$$ holds. |Next.")]
    [InlineData("So $x = 5$. |Then $y = 6$. |Done.")]
    [InlineData("The set $2x + 3 = 7$ is solved. |Next.")]
    public void Formulas_stay_whole(string text) => CutsSentences(text);

    [Theory]
    [InlineData("It costs $5. |Then it cost $10 and more. |Now it is free.")]
    [InlineData("It costs $5 million. |Nobody paid.")]
    public void An_amount_of_money_is_not_a_formula(string text) => CutsSentences(text);

    [Theory]
    [InlineData("He said \"Stop it.\" |Then he left.")]
    [InlineData("He asked “Why?” |Then he left.")]
    [InlineData("Er sagte „Halt.“ |Dann ging er.")]
    [InlineData("Il a dit « Non. » |Puis il est parti.")]
    [InlineData("It grows (in spring. And summer.) |Then it rests.")]
    [InlineData("\"Really?\" he asked. |Yes.")]
    [InlineData("Pourquoi ? |Parce que. |Vraiment ! |Oui.")]
    public void Closing_quotes_and_brackets_stay_with_their_sentence(string text) => CutsSentences(text);

    [Theory]
    [InlineData("# Cells\n|A cell is small.\n\n|- first\n|- second item\n|1. One\n|2. Two")]
    [InlineData("One line\r\n\r\n|Another line")]
    public void Lines_list_items_and_paragraphs_end_a_phrase(string text) => Cuts(text);

    [Theory]
    [InlineData("**This is bold. All of it.** |And this is not.")]
    [InlineData("The *very. Odd* case and __that. One__ too. |Next.")]
    [InlineData("Call `a. B` first, ~~not. This~~ one. |Next.")]
    [InlineData("So 2 * 3 is 6. |And snake_case is a name. |Next.")]
    public void Emphasis_and_code_stay_balanced(string text) => CutsSentences(text);

    [Theory]
    [InlineData("光合作用把光变成糖。|植物需要水！|为什么？|因为它们活着。")]
    [InlineData("彼は先生に「はい。」|と言った。|終わり。")]
    public void Wide_full_stops_end_a_sentence_without_a_space(string text) => Cuts(text);

    [Fact]
    public void A_long_sentence_is_cut_between_two_words()
    {
        var text = string.Join(' ', Enumerable.Repeat("photosynthesis", 100));

        var phrases = PhraseSplitter.Split(text);

        Assert.All(phrases, p => Assert.InRange(p.Length, 1, 240));
        Assert.All(phrases.SkipLast(1), p => Assert.EndsWith("photosynthesis ", p));
    }

    [Fact]
    public void A_long_sentence_is_not_cut_inside_a_number_or_after_an_abbreviation()
    {
        var text = string.Concat(Enumerable.Repeat("about 5 000 or approx. Seven of ", 20));

        var phrases = Enumerable.Range(12, 30).SelectMany(max => PhraseSplitter.Split(text, new PhraseOptions { MaxCharacters = max })).ToList();

        Assert.True(phrases.Count > 300);
        Assert.All(phrases, p => Assert.False(p.StartsWith("000", StringComparison.Ordinal) || p.StartsWith("Seven", StringComparison.Ordinal), p));
    }

    [Fact]
    public void Emphasis_never_closed_ends_with_its_paragraph() =>
        CutsSentences("He wrote *openly. And on\n\n|Then this. |And that.");

    [Fact]
    public void A_long_sentence_is_rather_cut_after_a_clause()
    {
        var clause = string.Join(' ', Enumerable.Repeat("word", 40));

        var phrases = PhraseSplitter.Split($"To begin, {clause}, and {clause} {clause}");

        Assert.EndsWith("word, ", phrases[1]);
    }

    [Fact]
    public void A_text_without_any_place_to_cut_is_cut_before_it_grows_without_end()
    {
        var phrases = PhraseSplitter.Split(string.Concat(Enumerable.Repeat("a😀", 2_000)));

        Assert.All(phrases, p => Assert.InRange(p.Length, 1, 4 * 240 + 1));
        Assert.All(phrases, p => Assert.False(char.IsLowSurrogate(p[0])));
    }

    [Fact]
    public void A_sentence_is_given_out_at_the_first_character_of_the_next()
    {
        var splitter = new PhraseSplitter();

        Assert.Empty(splitter.Add("It is green."));
        Assert.Empty(splitter.Add(" "));
        Assert.Equal(["It is green. "], splitter.Add("B"));
        Assert.Equal("B", splitter.Complete());
        Assert.Null(splitter.Complete());
    }
}
