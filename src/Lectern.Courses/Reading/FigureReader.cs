using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Lectern.Courses.Reading;

internal sealed partial class BlockReader
{
    [GeneratedRegex(@"^drawings/[A-Za-z0-9][A-Za-z0-9_-]*\.svg$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DrawingPath();

    private void ReadFigure(LinkInline image, int line)
    {
        var alt = AltText(image);
        var path = image.Url ?? "";
        if (alt.Length == 0) _report(line, "A drawing needs a description in the square brackets, for people who can't see it.");
        var caption = image.Title is { Length: > 0 } title && _parseLine(title) is { } parsed ? _inlines.Read(parsed) : new Rendering();
        var content = new Rendering();
        content.Html.Append(ReadDrawing(path, alt, line));
        if (!caption.IsEmpty) content.Html.Append("<figcaption>").Append(caption.Html).Append("</figcaption>");
        content.Text.Append(caption.Text);
        content.Spoken.Append(caption.Spoken);
        content.TextOnly(caption.Text.Length > 0 ? " " + alt : alt);
        Add(BlockKind.Figure, "figure", "", content);
    }

    private string AltText(LinkInline image)
    {
        var holder = new ParagraphBlock { Inline = new ContainerInline() };
        foreach (var child in image.ToList()) { child.Remove(); holder.Inline.AppendChild(child); }
        return _inlines.Read(holder).Text.ToString().Trim();
    }

    private string ReadDrawing(string path, string alt, int line)
    {
        if (!DrawingPath().IsMatch(path))
        {
            _report(line, $"A drawing is named drawings/name.svg, not: {(path.Length > 80 ? path[..80] + "…" : path)}");
            return "";
        }
        if (!_source.Drawings.TryGetValue(path, out var svg))
        {
            _report(line, $"The drawing {path} is not there.");
            return "";
        }
        // Unique over lessons too, since a citation may open beside another lesson.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{_source.Slug}/{path}")), 0, 3);
        var drawing = DrawingSanitizer.Sanitize(svg, $"d{hash}{++_figures}-", alt);
        foreach (var problem in drawing.Problems) _report(line, $"{path}: {problem}");
        return drawing.Svg;
    }
}
