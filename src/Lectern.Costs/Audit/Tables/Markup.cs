using System.Buffers;
using System.Text;

namespace Lectern.Costs.Audit.Tables;

/// <summary>Takes Markdown's marks off a line or a cell. What is struck out is gone; money inside code is no money.</summary>
internal static class Markup
{
    // Stands for a sign of currency that is none; joins words, and no reader takes it for money.
    private const char NoMoney = '\u2060';

    private static readonly SearchValues<char> Signs = SearchValues.Create("*_`[<~\\&");

    public static (string Text, bool IsBold) Plain(string source)
    {
        var trimmed = source.Trim();
        var isBold = trimmed.StartsWith("**", StringComparison.Ordinal) || trimmed.StartsWith("__", StringComparison.Ordinal) || trimmed.StartsWith("<b>", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("<strong>", StringComparison.OrdinalIgnoreCase);
        if (trimmed.AsSpan().Count('$') > 1)
            trimmed = WithoutMath(trimmed);
        if (!trimmed.AsSpan().ContainsAny(Signs))
            return (trimmed, isBold);
        var plain = new StringBuilder(trimmed.Length);
        for (var at = 0; at < trimmed.Length; at++)
            at = Append(trimmed, at, plain);
        return (plain.ToString().Trim(), isBold);
    }

    // "$3x+2y=16$" is a formula. As Pandoc has it: no blank inside its signs, and no digit after the closing one.
    private static string WithoutMath(string text)
    {
        var letters = text.ToCharArray();
        for (var at = 0; at < letters.Length - 2; at++)
        {
            if (letters[at] != '$' || letters[at + 1] is ' ' or '$')
                continue;
            var end = text.IndexOf('$', at + 1);
            if (end < 0)
                break;
            if (letters[end - 1] != ' ' && (end + 1 == letters.Length || !char.IsAsciiDigit(letters[end + 1])))
            {
                letters[at] = letters[end] = NoMoney;
                at = end;
            }
        }
        return new string(letters);
    }

    // Writes what stands at this place and returns the last place it used.
    private static int Append(string text, int at, StringBuilder plain)
    {
        switch (text[at])
        {
            case '*' when IsEmphasis(text, at):
            case '_' when at + 1 < text.Length && text[at + 1] == '_' || at > 0 && text[at - 1] == '_':
                return at;
            case '\\' when at + 1 < text.Length && char.IsPunctuation(text[at + 1]):
                plain.Append(text[at + 1]);
                return at + 1;
            case '~' when text.AsSpan(at).StartsWith("~~") && text.IndexOf("~~", at + 2, StringComparison.Ordinal) is var end and > 0:
                return end + 1;
            case '`' when text.IndexOf('`', at + 1) is var end and > 0:
                foreach (var letter in text.AsSpan(at + 1, end - at - 1))
                    plain.Append(Reading.Currencies.IsSymbol(letter) ? NoMoney : letter);
                return end;
            case '[' when LinkEnd(text, at) is var (label, last) && last > 0:
                plain.Append(text, at + 1, label - at - 1);
                return last;
            case '<' when text.IndexOf('>', at) is var end and > 0 && end - at < 40 && at + 1 < text.Length && (char.IsLetter(text[at + 1]) || text[at + 1] == '/'):
                plain.Append(' ');
                return end;
            case '&' when text.AsSpan(at).StartsWith("&nbsp;"):
                plain.Append(' ');
                return at + 5;
            default:
                plain.Append(text[at]);
                return at;
        }
    }

    // "3 * $20" multiplies; "**$20**" does not.
    private static bool IsEmphasis(string text, int at) => !(at > 0 && text[at - 1] == ' ' && at + 1 < text.Length && text[at + 1] == ' ');

    private static (int Label, int Last) LinkEnd(string text, int at)
    {
        var label = text.IndexOf(']', at);
        if (label < 0 || label + 1 >= text.Length || text[label + 1] != '(')
            return (0, 0);
        var last = text.IndexOf(')', label);
        return last < 0 ? (0, 0) : (label, last);
    }
}
