using System.Xml.Linq;
using Lectern.Courses.Reading;

namespace Lectern.Tests.Courses.Reading;

public sealed class LessonReaderTests
{
    private const string Matter = "---\ntitle: The cell\nsummary: What lives.\nminutes: 9\nobjectives:\n  - You can solve $x^2=4$.\n---\n";
    private const string Svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Leaf</title><path d=\"M0 0\"/></svg>";

    private static LessonDocument Read(string body, string language = "en") => LessonReader.Read(new LessonSource("the-cell", "lessons/01-the-cell.md", Matter + body, language,
        new Dictionary<string, string> { ["drawings/leaf.svg"] = Svg, ["drawings/bad.svg"] = Svg.Replace("<path", "<script/><path", StringComparison.Ordinal) }));

    private static Block Only(string body)
    {
        var document = Read(body);
        Assert.Empty(document.Problems);
        return Assert.Single(document.Blocks);
    }

    private static ReadingProblem Problem(string body) => Assert.Single(Read(body).Problems);

    [Fact]
    public void The_front_matter_names_the_lesson()
    {
        var document = Read("Text.");

        Assert.Equal(("The cell", "What lives.", 9, "en"), (document.Title, document.Summary, document.Minutes, document.Language));
        Assert.Equal(["You can solve x² = 4."], document.Objectives);
        Assert.Empty(document.Problems);
    }

    [Fact]
    public void Blocks_know_their_section_and_their_place()
    {
        var blocks = Read("Before.\n\n## Light *reactions* {#light}\n\nFirst.\n\n### Detail\n\nSecond.\n\n## No id here\n\nThird.").Blocks;

        Assert.Equal(["", "light", "light", "light", "light", "no-id-here", "no-id-here"], blocks.Select(b => b.SectionId));
        Assert.Equal(["The cell", "Light reactions", "Light reactions", "Light reactions", "Light reactions", "No id here", "No id here"], blocks.Select(b => b.SectionTitle));
        Assert.Equal(Enumerable.Range(1, 7), blocks.Select(b => b.Ordinal));
        Assert.Equal($"<h2 id=\"p-{blocks[1].ParagraphId}\"><span id=\"s-light\"></span>Light <em>reactions</em></h2>", blocks[1].Html);
    }

    [Fact]
    public void A_paragraph_is_written_for_the_page_for_search_and_for_speech()
    {
        var block = Only("Energy is **mass** times `c` & $E = mc^2$\nhere.");

        Assert.Equal(BlockKind.Paragraph, block.Kind);
        Assert.StartsWith($"<p id=\"p-{block.ParagraphId}\">Energy is <strong>mass</strong> times <code>c</code> &amp; <math ", block.Html, StringComparison.Ordinal);
        Assert.Equal("Energy is mass times c & E = mc² here.", block.Text);
        Assert.Equal("Energy is mass times c & E equals m c squared here.", block.Spoken);
    }

    [Fact]
    public void Formulas_are_spoken_in_the_language_of_the_course() => Assert.Equal("x Quadrat", Read("$x^2$", "de").Blocks[0].Spoken);

    [Theory]
    [InlineData("$$\nx^2\n$$")]
    [InlineData("$$x^2$$")]
    public void A_formula_on_lines_of_its_own_is_a_block(string body)
    {
        var block = Only(body);

        Assert.Equal((BlockKind.Formula, "x²", "x squared"), (block.Kind, block.Text, block.Spoken));
        Assert.Contains("display=\"block\"", block.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_one_block_and_keeps_its_inner_lists_code_and_formulas()
    {
        var block = Only("3. one\n   - inner\n4. two\n\n       code here\n\n   $$\n   y^2\n   $$\n");

        Assert.Equal(BlockKind.List, block.Kind);
        Assert.StartsWith($"<ol id=\"p-{block.ParagraphId}\" start=\"3\"><li>", block.Html, StringComparison.Ordinal);
        Assert.Contains("<ul><li>inner</li></ul>", block.Html, StringComparison.Ordinal);
        Assert.Contains("<code>code here</code>", block.Html, StringComparison.Ordinal);
        Assert.Contains("y²", block.Text, StringComparison.Ordinal);
        Assert.Contains("4. two", block.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_is_a_grid_in_the_page_and_named_values_in_speech()
    {
        var block = Only("| Name | Area |\n|------|-----:|\n| small | $x^2$ |\n| big | $|y|$ |\n");

        Assert.Equal(BlockKind.Table, block.Kind);
        Assert.Contains("<thead><tr><th scope=\"col\">Name</th><th scope=\"col\" class=\"right\">Area</th></tr></thead><tbody><tr><td>small</td>", block.Html, StringComparison.Ordinal);
        Assert.Equal("Name | Area\nsmall | x²\nbig | |y|", block.Text);
        Assert.Equal("Name: small; Area: x squared.\nName: big; Area: the absolute value of y.", block.Spoken);
    }

    [Fact]
    public void A_definition_is_a_block_and_a_key_term()
    {
        var document = Read("## Terms\n\nCell\n:   The smallest unit of *life*.\n\nRoot $\\sqrt{x}$\n:   A number.\n");

        Assert.Empty(document.Problems);
        Assert.Equal([new KeyTerm("Cell", "The smallest unit of life.", document.Blocks[1].ParagraphId, "terms"), new KeyTerm("Root √x", "A number.", document.Blocks[2].ParagraphId, "terms")], document.Terms);
        Assert.Equal($"<dl id=\"p-{document.Blocks[1].ParagraphId}\" class=\"term\"><dt>Cell</dt><dd>The smallest unit of <em>life</em>.</dd></dl>", document.Blocks[1].Html);
        Assert.Equal("Root the square root of x: A number.", document.Blocks[2].Spoken);
    }

    [Fact]
    public void A_box_is_remembered_by_its_blocks_and_rebuilt_around_them()
    {
        var document = Read("::: example Two *steps*\nFirst.\n\nSecond.\n:::\n\n::: note\nThird.\n:::\n\nFourth.");

        Assert.Empty(document.Problems);
        Assert.Equal([new Box(1, BoxKind.Example, "Two steps"), new Box(1, BoxKind.Example, "Two steps"), new Box(2, BoxKind.Note, ""), null], document.Blocks.Select(b => b.Box));
        var page = XElement.Parse($"<page>{document.ToHtml()}</page>");
        Assert.Equal(["aside", "aside", "p"], page.Elements().Select(e => e.Name.LocalName));
        Assert.Equal(["Two steps", "First.", "Second."], page.Elements().First().Elements().Select(e => e.Value));
    }

    [Fact]
    public void A_drawing_alone_in_its_paragraph_is_a_figure()
    {
        var block = Only("![A leaf from above.](drawings/leaf.svg \"A leaf of $x^2$.\")");

        Assert.Equal(BlockKind.Figure, block.Kind);
        Assert.Contains("<path d=\"M0 0\"/></svg><figcaption>A leaf of <math", block.Html, StringComparison.Ordinal);
        Assert.Equal("A leaf of x². A leaf from above.", block.Text);
        Assert.Equal("A leaf of x squared. A leaf from above.", block.Spoken);
    }

    [Fact]
    public void The_same_drawing_twice_has_different_ids()
    {
        var ids = XElement.Parse($"<page>{Read("![a](drawings/leaf.svg)\n\n![a](drawings/leaf.svg)").ToHtml()}</page>").Descendants().Attributes("id").Select(a => a.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a <b onclick=\"x()\">b</b>")]
    [InlineData("<div>\n\ntext\n\n</div>")]
    [InlineData("<!-- hidden -->")]
    [InlineData("`<i>`")]
    [InlineData("    <pre>")]
    [InlineData("| <b> |\n|---|\n| <i> |")]
    [InlineData("::: example <b>x</b>\ntext\n:::")]
    [InlineData("Term <b>\n:   <i>")]
    public void Raw_html_is_text(string body) => Assert.DoesNotMatch("<(script|b|i|!--)[ >]|<div>", Read(body).ToHtml());

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](data:text/html,alert)")]
    [InlineData("[x](vbscript:alert)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("[x](//evil.test)")]
    [InlineData("[x](/\\evil.test)")]
    [InlineData("[x](../other)")]
    [InlineData("[x][1]\n\n[1]: javascript:alert(1)")]
    public void A_link_to_anywhere_unsafe_is_words_only(string body)
    {
        var document = Read(body);

        Assert.Contains("A link can lead", Assert.Single(document.Problems).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("href", document.ToHtml(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[x](https://example.org/a?b=1&c=2)", "href=\"https://example.org/a?b=1&amp;c=2\" rel=\"nofollow noopener\"")]
    [InlineData("<https://example.org>", "href=\"https://example.org/\"")]
    [InlineData("[x](mailto:a@example.org)", "href=\"mailto:a@example.org\"")]
    [InlineData("[x](/courses/algebra)", "href=\"/courses/algebra\"")]
    [InlineData("[x](#here)\n\n## Here {#here}", "href=\"#s-here\"")]
    public void A_safe_link_is_kept(string body, string expected)
    {
        var document = Read(body);
        Assert.Empty(document.Problems);
        Assert.Contains(expected, document.ToHtml(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("One.\n\n[x](#nowhere)", 10, "no heading has this id")]
    [InlineData("One.\n\nA $\\frac{1$ b", 10, "A formula can't be read")]
    [InlineData("$$\n\\nonsense\n$$", 8, "\\nonsense is not known")]
    [InlineData("# Title", 8, "start with ##")]
    [InlineData("## A {#a}\n\n## B {#a}", 10, "used twice")]
    [InlineData("::: warning\nText.\n:::", 8, "not \"warning\"")]
    [InlineData("One.\n\n::: note\nText.", 10, "never closed")]
    [InlineData("![](drawings/leaf.svg)", 8, "needs a description")]
    [InlineData("![a](drawings/missing.svg)", 8, "is not there")]
    [InlineData("![a](drawings/../../secret.svg)", 8, "is named drawings/name.svg")]
    [InlineData("![a](/etc/passwd)", 8, "is named drawings/name.svg")]
    [InlineData("![a](https://evil.test/x.svg)", 8, "is named drawings/name.svg")]
    [InlineData("![a](drawings/bad.svg)", 8, "<script> is not allowed")]
    [InlineData("Text ![a](drawings/leaf.svg) text", 8, "has to stand alone")]
    [InlineData("", 8, "has no text")]
    public void A_problem_names_file_line_and_reason(string body, int line, string message)
    {
        var problem = Problem(body);

        Assert.Equal(("lessons/01-the-cell.md", line), (problem.File, problem.Line));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Text.", "has to begin with")]
    [InlineData("---\nsummary: b\nminutes: 1\nobjectives: [a]\n---\nText.", "\"title\" is missing")]
    [InlineData("---\ntitle: a\nsummary: b\nminutes: soon\nobjectives: [a]\n---\nText.", "whole number")]
    [InlineData("---\ntitle: a\nsummary: b\nminutes: 1\n---\nText.", "\"objectives\" takes")]
    [InlineData("---\ntitle: a\nsummary: b\nminutes: 1\nobjectives: [a]\nautor: me\n---\nText.", "\"autor\" is not known")]
    [InlineData("---\ntitle: a: b\nsummary: b\n---\nText.", "not valid YAML")]
    [InlineData("---\ntitle: [a, b]\nsummary: b\nminutes: 1\nobjectives: [a]\n---\nText.", "one value, not a list")]
    [InlineData("---\ntitle: {a: b}\nsummary: b\nminutes: 1\nobjectives: [a]\n---\nText.", "a value or a list")]
    [InlineData("---\ntitle: &a x\nsummary: *a\nminutes: 1\nobjectives: [a]\n---\nText.", "a value or a list")]
    public void A_bad_field_is_told_and_the_text_is_still_read(string markdown, string message)
    {
        var document = LessonReader.Read(new LessonSource("x", "x.md", markdown, "en", new Dictionary<string, string>()));

        Assert.Contains(document.Problems, p => p.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal("Text.", Assert.Single(document.Blocks).Text);
        Assert.NotEmpty(document.Title);
    }

    public static TheoryData<string> Bombs =>
    [
        string.Concat(Enumerable.Repeat("> ", 45_000)) + "x",
        string.Concat(Enumerable.Repeat("- ", 45_000)) + "x",
        string.Concat(Enumerable.Range(0, 300).Select(i => new string(' ', i * 2) + "- x\n")),
        new string('[', 60_000),
        new string('*', 45_000) + "x" + new string('*', 45_000),
        string.Concat(Enumerable.Repeat("**a *b ", 13_000)),
        string.Concat(Enumerable.Repeat("![", 45_000)),
        string.Concat(Enumerable.Repeat("[a](", 15_000)),
        string.Concat(Enumerable.Repeat("$", 95_000)),
        string.Concat(Enumerable.Repeat("| a ", 11_000)) + "\n" + string.Concat(Enumerable.Repeat("|---", 11_000)),
        string.Concat(Enumerable.Repeat("::: note\n", 5_000)) + "x",
        string.Concat(Enumerable.Repeat("<", 95_000)),
        string.Concat(Enumerable.Repeat("`a``", 23_000)),
        string.Concat(Enumerable.Repeat("word\n\n", 15_000)),
        new('x', 95_000),
    ];

    [Theory]
    [MemberData(nameof(Bombs), DisableDiscoveryEnumeration = true)]
    public void A_hostile_text_is_read_or_refused_but_ends(string body)
    {
        var document = Read(body);

        Assert.True(document.Blocks.Count <= LessonReader.MaximumBlocks);
        Assert.True(document.Blocks.Count > 0 || document.Problems.Count > 0);
    }

    [Fact]
    public void A_lesson_of_a_megabyte_is_refused()
    {
        var document = Read(new string('x', 1_000_000));

        Assert.Empty(document.Blocks);
        Assert.Contains("longer than", Assert.Single(document.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Front_matter_nested_without_end_is_refused()
    {
        var document = LessonReader.Read(new LessonSource("x", "x.md", $"---\ntitle: {new string('[', 15_000)}\n---\nText.", "en", new Dictionary<string, string>()));
        Assert.NotEmpty(document.Problems);
    }
}
