using Lectern.Courses.Formulas;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Lectern.Courses.Reading;

/// <summary>Writes the text inside a paragraph: emphasis, code, links, formulas. Raw HTML arrives here as plain words.</summary>
internal sealed class InlineReader(string language, Action<int, string> report)
{
    // Markdig's own limit is on blocks; emphasis inside emphasis comes back as a tree of any depth.
    private const int MaximumDepth = 50;

    /// <summary>Links inside the lesson, checked once all headings are known.</summary>
    public List<(string Target, int Line)> LocalLinks { get; } = [];

    public Rendering Read(LeafBlock block)
    {
        var rendering = new Rendering();
        if (block.Inline is not null) Children(block.Inline, rendering, block.Line, 0);
        return rendering;
    }

    private void Children(ContainerInline parent, Rendering to, int line, int depth)
    {
        if (depth > MaximumDepth) { report(line, $"Emphasis and links are nested deeper than {MaximumDepth}; the inner part was left out."); return; }
        for (var inline = parent.FirstChild; inline is not null; inline = inline.NextSibling) One(inline, to, line, depth);
    }

    private void One(Inline inline, Rendering to, int line, int depth)
    {
        switch (inline)
        {
            case LiteralInline literal: to.Words(literal.Content.ToString()); break;
            case HtmlEntityInline entity: to.Words(entity.Transcoded.ToString()); break;
            case LineBreakInline { IsHard: true }: to.Tag("<br>"); to.TextOnly(" "); break;
            case LineBreakInline: to.Words(" "); break;
            case CodeInline code: Wrapped(to, "code", () => to.Words(code.Content)); break;
            case MathInline math: to.Formula(ReadFormula(math.Content.ToString(), math.DelimiterCount > 1, line), language); break;
            case EmphasisInline emphasis: Wrapped(to, emphasis.DelimiterCount > 1 ? "strong" : "em", () => Children(emphasis, to, line, depth + 1)); break;
            case LinkInline { IsImage: true } image: Image(image, to, line, depth); break;
            case LinkInline link: Link(link.Url ?? "", to, line, () => Children(link, to, line, depth + 1)); break;
            case AutolinkInline auto: Link(auto.IsEmail ? "mailto:" + auto.Url : auto.Url, to, line, () => to.Words(auto.Url)); break;
            case HtmlInline html: to.Words(html.Tag); break;
            case ContainerInline container: Children(container, to, line, depth + 1); break;
        }
    }

    public Formula ReadFormula(string tex, bool display, int line)
    {
        var formula = FormulaReader.Read(tex, display);
        if (formula.Problem is { } problem) report(line, $"A formula can't be read: {problem.Message} (at character {problem.Position + 1} of: {Short(tex)})");
        return formula;
    }

    private static string Short(string text) => text.Length > 80 ? text[..80] + "…" : text;

    private static void Wrapped(Rendering to, string element, Action content)
    {
        to.Tag($"<{element}>");
        content();
        to.Tag($"</{element}>");
    }

    private void Image(LinkInline image, Rendering to, int line, int depth)
    {
        report(line, "A drawing has to stand alone in its paragraph; its description is shown instead.");
        Children(image, to, line, depth + 1);
    }

    private void Link(string url, Rendering to, int line, Action content)
    {
        var href = Address(url, line);
        if (href is not null) to.Tag(href[0] is '#' or '/' ? $"<a href=\"{Markup.Escape(href)}\">" : $"<a href=\"{Markup.Escape(href)}\" rel=\"nofollow noopener\">");
        content();
        if (href is not null) to.Tag("</a>");
    }

    private string? Address(string url, int line)
    {
        if (url.StartsWith('#'))
        {
            LocalLinks.Add((url[1..], line));
            return "#s-" + url[1..];
        }
        if (url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal) && !url.Contains('\\', StringComparison.Ordinal) && !url.Any(char.IsControl)) return url;
        if (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" or "mailto" && !url.Any(char.IsControl)) return address!.AbsoluteUri;
        report(line, $"A link can lead to https://, http://, mailto:, a /page of this school or a #heading of the lesson, not to: {Short(url)}");
        return null;
    }
}
