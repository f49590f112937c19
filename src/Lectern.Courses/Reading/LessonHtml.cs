using System.Text;
using Lectern.Courses.Formulas;

namespace Lectern.Courses.Reading;

/// <summary>Puts blocks together to a page: only boxes span several blocks, and each block says which box it is in.</summary>
public static class LessonHtml
{
    public static string Join(IEnumerable<Block> blocks)
    {
        var html = new StringBuilder();
        Box? open = null;
        foreach (var block in blocks)
        {
            if (block.Box?.Number != open?.Number)
            {
                if (open is not null) html.Append("</aside>\n");
                if (block.Box is not null) html.Append(Opening(block.Box));
                open = block.Box;
            }
            html.Append(block.Html).Append('\n');
        }
        if (open is not null) html.Append("</aside>\n");
        return html.ToString();
    }

    /// <summary>The start tag of a box and its title; the end tag is <c>&lt;/aside&gt;</c>.</summary>
    public static string Opening(Box box)
    {
        var kind = box.Kind switch { BoxKind.Example => "example", BoxKind.Check => "check", _ => "note" };
        return box.Title.Length == 0
            ? $"<aside class=\"{kind}\">\n"
            : $"<aside class=\"{kind}\" aria-labelledby=\"box-{box.Number}\">\n<p class=\"box-title\" id=\"box-{box.Number}\">{Markup.Escape(box.Title)}</p>\n";
    }
}
