using System.Text.RegularExpressions;
using Lectern.Platform.Localization;

namespace Lectern.Tests.Platform.Localization;

/// <summary>Holds the language files and the sources together, over all rooms.</summary>
public sealed partial class TranslationTests
{
    private static readonly IReadOnlyList<TextCatalog> Catalogs = TextCatalog.ReadEmbedded();

    public static TheoryData<string> Tags => [.. Catalogs.Select(catalog => catalog.Tag)];

    [Fact]
    public void German_is_built_into_the_program() => Assert.Contains(Catalogs, catalog => catalog.Tag == "de");

    [Theory, MemberData(nameof(Tags))]
    public void Every_text_that_is_shown_is_translated(string tag)
    {
        var catalog = Catalog(tag);
        var texts = SourceTexts.Read();
        Assert.True(texts.Count > 100, "The search through the sources found almost nothing.");

        var missing = texts.Where(text => (text.IsPlural ? catalog.FindPlural(text.Key, 2) : catalog.Find(text.Key)) is null)
            .Select(text => $"{text.File}: \"{text.Key}\"{(text.IsPlural ? " (plural)" : "")}").Order(StringComparer.Ordinal).ToList();

        Assert.True(missing.Count == 0, $"Not in Localization/Texts/{tag}.json:\n{string.Join('\n', missing)}");
    }

    [Theory, MemberData(nameof(Tags))]
    public void No_translation_is_left_over_from_a_text_that_is_gone(string tag)
    {
        var shown = SourceTexts.Read().Select(text => text.Key).ToHashSet();
        var dead = Catalog(tag).Keys.Where(key => !shown.Contains(key)).ToList();
        Assert.True(dead.Count == 0, $"No source shows these keys of {tag}.json:\n{string.Join('\n', dead)}");
    }

    [Theory, MemberData(nameof(Tags))]
    public void A_translation_uses_the_placeholders_of_its_text(string tag)
    {
        var catalog = Catalog(tag);
        foreach (var key in catalog.Keys)
        {
            var translations = catalog.Find(key) is { } text ? [text] : new[] { catalog.FindPlural(key, 1)!, catalog.FindPlural(key, 2)! };
            var allowed = Placeholders(key).Append("{count}").ToHashSet();
            foreach (var translation in translations)
            {
                Assert.True(Placeholders(translation).All(allowed.Contains), $"{tag}: \"{translation}\" has a placeholder that \"{key}\" has not.");
                Assert.True(Placeholders(key).All(Placeholders(translation).Contains), $"{tag}: \"{translation}\" lacks a placeholder of \"{key}\".");
            }
        }
    }

    [Theory]
    [InlineData("@T[\"Sign in\"]", "Sign in", false)]
    [InlineData("T[\"Hello {name}\", (\"name\", name)]", "Hello {name}", false)]
    [InlineData("Plain(t[\"You're welcome.\"])", "You're welcome.", false)]
    [InlineData("<Card Title=\"@T[\"A \\\"word\\\"\"]\" />", "A \"word\"", false)]
    [InlineData("T.In(\"menu\", \"Home\")", "menu|Home", false)]
    [InlineData("T.Plural(list.Count(x => x.Ok), \"{count} card\", \"{count} cards\")", "{count} card", true)]
    [InlineData("slots.AddMenu(MenuPlace.Main, 10, \"Courses\", \"/courses\");", "Courses", false)]
    [InlineData("[Required(ErrorMessage = \"Please agree.\")]", "Please agree.", false)]
    public void A_text_is_found_where_it_is_written(string source, string key, bool isPlural) =>
        Assert.Equal([new SourceText(key, isPlural)], SourceTexts.In(source));

    [Fact]
    public void An_example_in_a_documentation_comment_is_no_text() => Assert.Empty(SourceTexts.In("    /// <c>T[\"Sign in\"]</c>"));

    private static TextCatalog Catalog(string tag) => Catalogs.Single(catalog => catalog.Tag == tag);

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{\w+\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Placeholder();
}
