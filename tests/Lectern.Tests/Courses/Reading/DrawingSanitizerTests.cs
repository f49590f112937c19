using System.Xml.Linq;
using Lectern.Courses.Reading;

namespace Lectern.Tests.Courses.Reading;

public sealed class DrawingSanitizerTests
{
    private static Drawing Clean(string inside, string attributes = "") =>
        DrawingSanitizer.Sanitize($"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\" {attributes}>{inside}</svg>", "d1-", "A cell");

    [Fact]
    public void A_harmless_drawing_keeps_its_shapes_and_gets_a_name_and_ids_of_its_own()
    {
        var drawing = Clean("""
            <title>Leaf</title><desc>A leaf with veins.</desc>
            <defs><marker id="tip" viewBox="0 0 9 9" refX="9"><path class="d-ink-fill" d="M0 1 L10 5 Z"/></marker></defs>
            <g transform="translate(1,2) rotate(-5)"><line class="d-ink" x1="1" x2="2" marker-end="url(#tip)" stroke-dasharray="3 3"/><circle id="dot" fill="#fff" r="1"/></g>
            <use href="#dot" x="3"/><use xlink:href="#dot"/><text x="1" text-anchor="middle">a &lt; b <tspan dy="2">é</tspan></text>
            """);

        Assert.Empty(drawing.Problems);
        Assert.Equal("Leaf", drawing.Title);
        var svg = XElement.Parse(drawing.Svg);
        Assert.Equal("img", svg.Attribute("role")?.Value);
        Assert.Equal("Leaf", svg.Elements("title").Single(t => t.Attribute("id")?.Value == svg.Attribute("aria-labelledby")?.Value).Value);
        Assert.Equal("A leaf with veins.", svg.Elements("desc").Single(t => t.Attribute("id")?.Value == svg.Attribute("aria-describedby")?.Value).Value);
        Assert.Equal("url(#d1-tip)", svg.Descendants("line").Single().Attribute("marker-end")?.Value);
        Assert.Equal("d1-tip", svg.Descendants("marker").Single().Attribute("id")?.Value);
        Assert.All(svg.Descendants("use"), use => Assert.Equal("#d1-dot", use.Attribute("href")?.Value));
        Assert.Equal("a < b é", svg.Descendants("text").Single().Value);
    }

    [Fact]
    public void A_drawing_without_a_title_is_named_by_its_description_in_the_lesson() =>
        Assert.Contains("<title id=\"d1--title\">A cell</title>", Clean("<path d=\"M0 0\"/>").Svg, StringComparison.Ordinal);

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<g><script xlink:href=\"https://evil.test/x.js\"/></g>")]
    [InlineData("<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\" onload=\"alert(1)\"/></foreignObject>")]
    [InlineData("<image href=\"https://evil.test/pixel.png\"/>")]
    [InlineData("<style>* { background: url(https://evil.test) }</style>")]
    [InlineData("<a href=\"javascript:alert(1)\"><path d=\"M0 0\"/></a>")]
    [InlineData("<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>")]
    [InlineData("<set attributeName=\"onload\" to=\"alert(1)\"/>")]
    [InlineData("<circle onload=\"alert(1)\" r=\"1\"/>")]
    [InlineData("<circle ONCLICK=\"alert(1)\" r=\"1\"/>")]
    [InlineData("<circle style=\"fill:red\" r=\"1\"/>")]
    [InlineData("<circle fill=\"url(https://evil.test/#x)\" r=\"1\"/>")]
    [InlineData("<circle fill=\"url(data:image/svg+xml,x)\" r=\"1\"/>")]
    [InlineData("<circle fill=\"image('https://evil.test')\" r=\"1\"/>")]
    [InlineData("<circle class=\"button-primary\" r=\"1\"/>")]
    [InlineData("<circle id=\"a b\" r=\"1\"/>")]
    [InlineData("<circle fill=\"url(#missing)\" r=\"1\"/>")]
    [InlineData("<use href=\"https://evil.test/x.svg#a\"/>")]
    [InlineData("<use href=\"javascript:alert(1)\"/>")]
    [InlineData("<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">alert(1)</h:script>")]
    [InlineData("<path d=\"M0 0\" xml:base=\"https://evil.test\"/>")]
    public void What_is_dangerous_is_left_out_and_told(string hostile)
    {
        var drawing = Clean(hostile + "<rect width=\"5\"/>");

        Assert.NotEmpty(drawing.Problems);
        Assert.DoesNotContain("alert", drawing.Svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("evil", drawing.Svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style", drawing.Svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("button-primary", drawing.Svg, StringComparison.Ordinal);
        Assert.Contains("<rect width=\"5\"/>", drawing.Svg, StringComparison.Ordinal);
        Assert.Equal("svg", XElement.Parse(drawing.Svg).Name.LocalName);
    }

    [Fact]
    public void Attributes_of_the_root_are_sifted_too()
    {
        var drawing = Clean("", "onload=\"alert(1)\" aria-labelledby=\"x\" role=\"button\"");

        Assert.Contains(drawing.Problems, p => p.Contains("onload", StringComparison.Ordinal));
        Assert.DoesNotContain("alert", drawing.Svg, StringComparison.Ordinal);
        Assert.Contains("role=\"img\"", drawing.Svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&b;</svg>")]
    [InlineData("<!DOCTYPE svg SYSTEM \"file:///etc/passwd\"><svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>")]
    [InlineData("<html><body/></html>")]
    [InlineData("not xml")]
    [InlineData("")]
    public void What_is_no_drawing_or_declares_a_document_type_gives_nothing(string text)
    {
        var drawing = DrawingSanitizer.Sanitize(text, "d1-", "A cell");

        Assert.Equal("", drawing.Svg);
        Assert.Single(drawing.Problems);
    }

    [Fact]
    public void A_drawing_that_repeats_repetitions_is_cut()
    {
        var drawing = Clean("<g id=\"a\"><rect/></g><g id=\"b\"><use href=\"#a\"/><use href=\"#a\"/></g><use href=\"#b\"/><g id=\"c\"><use href=\"#c\"/></g>");

        Assert.Equal(2, drawing.Problems.Count);
        Assert.DoesNotContain("#d1-b", drawing.Svg, StringComparison.Ordinal);
        Assert.DoesNotContain("#d1-c", drawing.Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_number_and_size_are_limited()
    {
        Assert.Empty(Clean(string.Concat(Enumerable.Repeat("<g>", 5000)) + string.Concat(Enumerable.Repeat("</g>", 5000))).Svg);
        Assert.Empty(Clean(string.Concat(Enumerable.Repeat("<g/>", 6000))).Svg);
        Assert.Empty(Clean($"<desc>{new string('x', 300_000)}</desc>").Svg);
    }
}
