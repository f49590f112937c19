using System.Text;
using Lectern.Courses.Formulas;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax.Inlines;

namespace Lectern.Courses.Reading;

/// <summary>
/// Writes the inside of a paragraph three times at once: as HTML, as plain text, and as words for speech. Only what is known here
/// reaches the page; raw HTML is text.
/// </summary>
internal sealed class InlineWriter(string language, Action<int, string> report)
{
    private readonly StringBuilder _html = new();
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _spoken = new();

    public string Html => _html.ToString();

    public string Text => Tidy(_text);

    public string Spoken => Tidy(_spoken);

    public InlineWriter Write(ContainerInline? inlines)
    {
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
            Write(inline);
        return this;
    }

    private void Write(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal: Plain(literal.Content.ToString()); break;
            case HtmlEntityInline entity: Plain(entity.Transcoded.ToString()); break;
            case LineBreakInline line: Break(line.IsHard); break;
            case CodeInline code: Around("<code>", () => Plain(code.Content), "</code>"); break;
            case MathInline math: Formula(math.Content.ToString(), math.Line); break;
            case EmphasisInline emphasis: Emphasis(emphasis); break;
            case LinkInline { IsImage: true } image: report(image.Line, "A drawing stands alone in its paragraph: ![alt](drawings/name.svg \"Caption\")."); break;
            case LinkInline link: Link(link); break;
            case AutolinkInline auto: Around($"<a href=\"{Markup.Escape(auto.Url)}\" rel=\"nofollow noopener\">", () => Plain(auto.Url), "</a>"); break;
            case ContainerInline container: Write(container); break;
            default: Plain(inline.ToString() ?? ""); break;
        }
    }

    private void Plain(string text)
    {
        _html.Append(Markup.Escape(text));
        _text.Append(text);
        _spoken.Append(text);
    }

    private void Break(bool isHard)
    {
        _html.Append(isHard ? "<br>" : "\n");
        _text.Append(' ');
        _spoken.Append(' ');
    }

    private void Formula(string tex, int line)
    {
        var formula = FormulaReader.Read(tex, display: false);
        if (formula.Problem is { } problem)
            report(line, $"The formula {tex} is not understood: {problem.Message}");
        _html.Append(formula.MathMl);
        _text.Append(formula.Plain);
        _spoken.Append(formula.SpokenIn(language));
    }

    private void Emphasis(EmphasisInline emphasis)
    {
        var tag = emphasis.DelimiterChar is '*' or '_' ? (emphasis.DelimiterCount >= 2 ? "strong" : "em") : null;
        if (tag is null)
            Write((ContainerInline)emphasis);
        else
            Around($"<{tag}>", () => Write((ContainerInline)emphasis), $"</{tag}>");
    }

    private void Link(LinkInline link)
    {
        if (!IsSafe(link.Url))
        {
            report(link.Line, $"The link to {link.Url} was left out: only https, http, mailto and places in this course can be linked.");
            Write((ContainerInline)link);
            return;
        }
        Around($"<a href=\"{Markup.Escape(link.Url!)}\" rel=\"nofollow noopener\">", () => Write((ContainerInline)link), "</a>"); // a safe link has a URL
    }

    private void Around(string open, Action inside, string close)
    {
        _html.Append(open);
        inside();
        _html.Append(close);
    }

    private static bool IsSafe(string? url)
    {
        if (string.IsNullOrEmpty(url) || url.StartsWith("//", StringComparison.Ordinal))
            return false;
        if (url[0] is '#' or '/')
            return true;
        return Uri.TryCreate(url, UriKind.Absolute, out var absolute) && (absolute.Scheme is "https" or "http" or "mailto");
    }

    private static string Tidy(StringBuilder text) => string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
