using System.Text;

namespace Lectern.Platform.Localization;

/// <summary>Turns English into a text that still reads but is visibly not English, a third longer, with its placeholders kept.</summary>
internal static class PseudoText
{
    private const string Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Accented = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞQŔŠŢÛṼŴẊÝŽåƀçđéƒĝĥîĵķļɱñöþqŕšţûṽŵẋýž";
    private const string Padding = " one two three four five six seven eight nine ten eleven twelve";

    public static string Of(string english)
    {
        var text = new StringBuilder("⟦");
        var depth = 0;
        foreach (var letter in english)
        {
            depth += letter == '{' ? 1 : 0;
            text.Append(depth > 0 ? letter : Accent(letter));
            depth -= letter == '}' ? 1 : 0;
        }
        var extra = Math.Min(Padding.Length, (english.Length * 3 / 10) + 1);
        return text.Append(Padding.AsSpan(0, extra).TrimEnd()).Append('⟧').ToString();
    }

    private static char Accent(char letter)
    {
        var place = Plain.IndexOf(letter, StringComparison.Ordinal);
        return place < 0 ? letter : Accented[place];
    }
}
