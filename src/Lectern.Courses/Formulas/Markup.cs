using System.Text;

namespace Lectern.Courses.Formulas;

/// <summary>Escapes text for HTML and XML alike: five characters, and nothing that only one of the two would know.</summary>
internal static class Markup
{
    public static string Escape(string text) => text.AsSpan().IndexOfAny("&<>\"'") < 0 ? text : Append(new StringBuilder(text.Length + 16), text).ToString();

    public static StringBuilder Append(StringBuilder to, string text)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => to.Append("&amp;"),
                '<' => to.Append("&lt;"),
                '>' => to.Append("&gt;"),
                '"' => to.Append("&quot;"),
                '\'' => to.Append("&#39;"),
                _ => to.Append(c),
            };
        }
        return to;
    }
}
