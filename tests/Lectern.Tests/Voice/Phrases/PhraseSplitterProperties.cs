using FsCheck;
using FsCheck.Fluent;
using Lectern.Voice.Phrases;

namespace Lectern.Tests.Voice.Phrases;

public sealed class PhraseSplitterProperties
{
    private static readonly string[] Pieces =
    [
        "a", "word", "Cells", "x", "The", "of", " ", " ", " ", " ", ". ", ", ", "; ", ": ", "! ", "? ", " – ", "—", "...", "…", "\n", "\n\n", "\r\n", "- ", "1. ",
        "3.5", "1,000", "12:30", "e.g.", "z. B.", "Dr. ", "fig. ", "approx. ", "p. 5", "5 p.m.", "J. ", "https://a.b/c_d?e,f", "$", "$$", "$x. Y$", "\\(", "\\)",
        "\\[", "\\]", "**", "*", "_", "__", "`", "~~", "(", ")", "[", "]", "\"", "“", "”", "„", "«", "»", "。", "！", "，", "光合", "😀", "é", "e\u0301", "\u00A0", "\\", "%",
    ];

    private static readonly Gen<string> Texts =
        from pieces in Gen.OneOf(Gen.Elements(Pieces), ArbMap.Default.GeneratorFor<char>().Select(c => c.ToString())).ListOf()
        select string.Concat(pieces);

    private static readonly Gen<(string Text, int[] Cuts)> CutTexts =
        from text in Texts
        from cuts in Gen.Choose(0, Math.Max(0, text.Length)).ListOf()
        select (text, cuts.Order().ToArray());

    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(200);

    [Fact]
    public void Joined_phrases_are_exactly_the_text() =>
        Check.One(Thorough, Prop.ForAll(Texts.ToArbitrary(), text => string.Concat(PhraseSplitter.Split(text)) == text));

    [Fact]
    public void Phrases_do_not_depend_on_how_the_text_arrived() =>
        Check.One(Thorough, Prop.ForAll(CutTexts.ToArbitrary(), x => PhraseSplitter.Split(x.Text).SequenceEqual(SplitPiecewise(x.Text, x.Cuts))));

    [Fact]
    public void No_phrase_is_empty_or_longer_than_four_times_the_maximum()
    {
        var options = new PhraseOptions { MaxCharacters = 20 };
        Check.One(Thorough, Prop.ForAll(Texts.ToArbitrary(), text =>
            PhraseSplitter.Split(text, options).All(p => p.Length > 0 && (p.Length <= 80 || p.Any(c => !char.IsAscii(c))))));
    }

    [Fact]
    public void Plain_words_never_make_a_phrase_longer_than_the_maximum()
    {
        var options = new PhraseOptions { MaxCharacters = 40 };
        var words = Gen.Elements("a", "cell", "membranes", "energy,", "sugar.", "Light").ListOf().Select(w => string.Join(' ', w));
        Check.One(Thorough, Prop.ForAll(words.ToArbitrary(), text => PhraseSplitter.Split(text, options).All(p => p.Length <= 40)));
    }

    [Fact]
    public void No_phrase_but_the_first_begins_with_white_space_and_none_ends_inside_a_number()
    {
        var texts = Gen.Elements("3.5", "1,000", "12:30", "Cells", "grow.", "So", "do", "we,", "1 000").ListOf().Select(w => string.Join(' ', w));
        Check.One(Thorough, Prop.ForAll(texts.ToArbitrary(), text => PhraseSplitter.Split(text).Skip(1).All(p => !char.IsWhiteSpace(p[0]) && p[0] is not ('.' or ',' or ':'))));
    }

    [Fact]
    public void A_split_inside_a_character_of_two_code_units_never_happens()
    {
        var texts = Gen.Elements("😀", "word", " ", ". ", "**").ListOf().Select(string.Concat);
        Check.One(Thorough, Prop.ForAll(texts.ToArbitrary(), text =>
            PhraseSplitter.Split(text, new PhraseOptions { MaxCharacters = 10 }).All(p => !char.IsLowSurrogate(p[0]) && !char.IsHighSurrogate(p[^1]))));
    }

    private static List<string> SplitPiecewise(string text, int[] cuts)
    {
        var splitter = new PhraseSplitter();
        var phrases = new List<string>();
        var from = 0;
        foreach (var to in cuts.Append(text.Length))
        {
            phrases.AddRange(splitter.Add(text.AsSpan(from, to - from)));
            from = to;
        }
        if (splitter.Complete() is { } rest)
            phrases.Add(rest);
        return phrases;
    }
}
