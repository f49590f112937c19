using System.Text;

namespace Lectern.Courses.Formulas;

/// <summary>
/// Unicode's mathematical letters (block U+1D400). MathML Core dropped every <c>mathvariant</c> but "normal", so bold and
/// double-struck letters have to be these characters.
/// </summary>
internal static class MathAlphabets
{
    public static string Bold(string text) => Map(text, 0x1D400, 0x1D41A, 0x1D7CE);

    public static string DoubleStruck(string text) => text switch
    {
        "C" => "ℂ",
        "H" => "ℍ",
        "N" => "ℕ",
        "P" => "ℙ",
        "Q" => "ℚ",
        "R" => "ℝ",
        "Z" => "ℤ",
        _ => Map(text, 0x1D538, 0x1D552, 0x1D7D8),
    };

    private static string Map(string text, int upper, int lower, int digit)
    {
        var mapped = new StringBuilder(text.Length * 2);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterUpper(c)) mapped.Append(char.ConvertFromUtf32(upper + c - 'A'));
            else if (char.IsAsciiLetterLower(c)) mapped.Append(char.ConvertFromUtf32(lower + c - 'a'));
            else if (char.IsAsciiDigit(c)) mapped.Append(char.ConvertFromUtf32(digit + c - '0'));
            else mapped.Append(c);
        }
        return mapped.ToString();
    }
}
