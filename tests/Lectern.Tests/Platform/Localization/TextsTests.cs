using System.Text;
using Lectern.Platform.Localization;
using Lectern.Platform.Schools;
using Lectern.Tests.Fakes;

namespace Lectern.Tests.Platform.Localization;

public sealed class TextsTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 22, 30, 0, TimeSpan.Zero);
    private static readonly School Zurich = new(Guid.Empty, "z", "Zürich", "Europe/Zurich", "de-CH", "CHF", IsSystem: false);
    private static readonly TextLibrary Library = new([Catalog("de", """
        {
          "Sign in": "Anmelden",
          "Hello {name}": "Hallo {name}",
          "Home": "Zuhause",
          "menu|Home": "Start",
          "{count} lesson": { "one": "{count} Lektion", "other": "{count} Lektionen" },
          "{date}, {time}": "{date}, {time}"
        }
        """)], new VirtualTime(Now), withPseudo: true);

    [Fact]
    public void A_text_is_found_by_its_English()
    {
        Assert.Equal("Anmelden", German["Sign in"]);
        Assert.Equal("Sign in", English["Sign in"]);
    }

    [Fact]
    public void A_text_that_is_not_translated_is_shown_in_English() => Assert.Equal("Never seen", German["Never seen"]);

    [Fact]
    public void Named_placeholders_are_filled_and_others_stay_visible()
    {
        Assert.Equal("Hallo Zoë", German["Hello {name}", ("name", "Zoë")]);
        Assert.Equal("Hello {name}", English["Hello {name}", ("other", 1)]);
        Assert.Equal("a { b", English["a { b", ("b", 1)]);
    }

    [Fact]
    public void A_value_is_never_read_as_a_text_with_placeholders() =>
        Assert.Equal("{b} and x", English["{a} and {b}", ("a", "{b}"), ("b", "x")]);

    [Fact]
    public void Context_tells_equal_English_words_apart()
    {
        Assert.Equal("Start", German.In("menu", "Home"));
        Assert.Equal("Zuhause", German["Home"]);
        Assert.Equal("Home", English.In("menu", "Home"));
    }

    [Theory]
    [InlineData(0, "0 Lektionen", "0 lessons")]
    [InlineData(1, "1 Lektion", "1 lesson")]
    [InlineData(1234, "1’234 Lektionen", "1,234 lessons")]
    public void A_number_chooses_its_plural(long count, string german, string english)
    {
        Assert.Equal(german, German.Plural(count, "{count} lesson", "{count} lessons"));
        Assert.Equal(english, English.Plural(count, "{count} lesson", "{count} lessons"));
    }

    [Theory]
    [InlineData("fr", 0, "one")]
    [InlineData("de", 0, "other")]
    [InlineData("pl", 3, "few")]
    [InlineData("pl", 12, "many")]
    [InlineData("pl", 21, "many")]
    [InlineData("ru", 21, "one")]
    [InlineData("ru", 11, "many")]
    [InlineData("ar", 103, "few")]
    [InlineData("ar", 111, "many")]
    [InlineData("ar", 100, "other")]
    [InlineData("pt-BR", 1, "one")]
    [InlineData("ja", 1, "other")]
    public void Plural_categories_follow_Unicode(string tag, long count, string category) => Assert.Equal(category, PluralCategory.Of(tag, count));

    [Fact]
    public void Instants_are_shown_in_the_time_zone_of_the_school()
    {
        Assert.Equal("2. September 2026", German.Date(Now));
        Assert.Equal("00:30", German.Time(Now));
        Assert.Equal("2. September 2026, 00:30", German.DateTime(Now));
        Assert.Equal("September 2, 2026", English.Date(Now));
        Assert.Equal("September 1, 2026", Library.For(Language.English, school: null).Date(Now));
    }

    [Theory]
    [InlineData("en-GB", "1 September 2026")]
    [InlineData("en-US", "September 1, 2026")]
    public void A_date_follows_the_variant_of_the_school(string locale, string expected) =>
        Assert.Equal(expected, Library.For(Language.English, Zurich with { Locale = locale }).Date(new DateOnly(2026, 9, 1)));

    [Theory]
    [InlineData(30, "just now")]
    [InlineData(-30, "just now")]
    [InlineData(60, "1 minute ago")]
    [InlineData(7260, "2 hours ago")]
    [InlineData(172_800, "2 days ago")]
    [InlineData(-3600, "in 1 hour")]
    [InlineData(2_592_000, "August 3, 2026")]
    public void A_moment_is_told_from_now(int secondsAgo, string expected) => Assert.Equal(expected, English.Relative(Now.AddSeconds(-secondsAgo)));

    [Theory]
    [InlineData(42, "42 s")]
    [InlineData(2700, "45 min")]
    [InlineData(3600, "1 h")]
    [InlineData(4800, "1 h 20 min")]
    [InlineData(180_000, "2 days")]
    public void A_duration_is_told_in_its_two_largest_units(int seconds, string expected) => Assert.Equal(expected, English.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Numbers_are_grouped_as_the_school_groups_them()
    {
        Assert.Equal("1’234.5", German.Number(1234.5m));
        Assert.Equal("1,234.57", English.Number(1234.567m));
        Assert.Equal("1,235", English.Number(1234.567m, decimals: 0));
    }

    [Fact]
    public void The_pseudo_language_is_accented_longer_and_keeps_placeholders()
    {
        var pseudo = Library.For("qps-ploc", Zurich);
        var text = pseudo["Hello {name}, how are you today?", ("name", "Zoë")];
        Assert.StartsWith("⟦Ĥéļļö Zoë, ", text.Normalize(), StringComparison.Ordinal);
        Assert.EndsWith("⟧", text, StringComparison.Ordinal);
        Assert.True(text.Length >= "Hello Zoë, how are you today?".Length * 1.3);
    }

    [Fact]
    public void The_mirrored_pseudo_language_runs_from_right_to_left()
    {
        Assert.Equal("rtl", Library.For("qps-plocm", Zurich).Language.Direction);
        Assert.Equal("ltr", German.Language.Direction);
        Assert.Equal("rtl", Language.FromTag("ar").Direction);
    }

    [Fact]
    public void Pseudo_languages_are_offered_only_where_asked_for() =>
        Assert.DoesNotContain(new TextLibrary([], TimeProvider.System, withPseudo: false).Languages, language => language.IsPseudo);

    private static Texts German => Library.For("de", Zurich);

    private static Texts English => Library.For("en", Zurich);

    private static TextCatalog Catalog(string tag, string json) => TextCatalog.Parse(tag, new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
