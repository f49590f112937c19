using System.Globalization;
using System.Text;

namespace Lectern.Voice.Hearing;

/// <summary>What words mean to the course of a conversation, whatever it is about.</summary>
internal static class SpokenWords
{
    // What listeners say to show that they listen, in the languages the product is likely to be spoken to in. Written as transcribers write them.
    private static readonly HashSet<string> BackChannels = Set(
        "mhm mm mmm hm hmm hmmm uhhuh uh huh uhum aha ah oh ok okay okey yeah yes yep yup right sure i see got it go on good great cool nice true exactly of course well um uh er erm "
        + "ja jaja jo genau gut klar stimmt richtig achso ach so aha super schön alles ähm äh "
        + "oui ouais voilà bien entendu euh bon d'accord daccord sí si vale claro bueno bien ajá eh sì già certo va bene ecco sim claro está tá bom tak dobrze да ага угу так 好 嗯 是 はい うん ええ 네 응");

    private static readonly HashSet<string> Stops = Set(
        "stop wait hold on please quiet be pause enough shut up moment one a second just "
        + "stopp halt warte warten sie bitte still sei ruhig pause genug moment mal "
        + "arrête arrêtez attends attendez silence pause assez para espera espere silencio basta ferma fermati aspetta zitto pare espere стоп стой подожди");

    // Without one of these a wish for silence is none: "A" and "one" may be answers.
    private static readonly HashSet<string> Silencing = Set(
        "stop wait hold quiet pause enough shut moment stopp halt warte warten still ruhig genug arrête arrêtez attends attendez silence assez para espera espere silencio "
        + "basta ferma fermati aspetta zitto pare стоп стой подожди");

    private static readonly HashSet<string> GoesOnAfter = Set(
        "and or but because so if when while that which who whose the a an of to in on at with for from about than as is are was were my your our their this these like "
        + "und oder aber weil wenn dass ob als der die das ein eine einen dem den des von zu im am mit für auf über ist sind war mein dein "
        + "et ou mais parce que si quand le la les un une des de du à avec pour sur est y o pero porque si cuando el los una del con para por en es e ma perché se quando il lo gli di da");

    /// <summary>Only a sign of listening, or nothing at all.</summary>
    public static bool IsBackChannel(string text)
    {
        var words = Words(text);
        return words.Count <= 4 && words.All(BackChannels.Contains) && !text.Contains('?', StringComparison.Ordinal);
    }

    /// <summary>Only a wish for silence.</summary>
    public static bool IsStop(string text)
    {
        var words = Words(text);
        return words.Count is > 0 and <= 4 && words.All(Stops.Contains) && !text.Contains('?', StringComparison.Ordinal)
            && (words.Any(Silencing.Contains) || (words.Count > 1 && words[^1] == "second"));
    }

    /// <summary>The sentence plainly goes on.</summary>
    public static bool GoesOn(string text)
    {
        if (text.TrimEnd().EndsWith('?'))
            return false;
        var words = Words(text);
        return words.Count > 0 && (text.TrimEnd().EndsWith(',') || text.TrimEnd().EndsWith('…') || text.TrimEnd().EndsWith("...", StringComparison.Ordinal) || GoesOnAfter.Contains(words[^1]));
    }

    public static int Count(string text) => Words(text).Count;

    /// <summary>The text is a piece of what was just said aloud: our own voice, come back through the microphone.</summary>
    public static bool IsEcho(string text, string said)
    {
        var words = Words(text);
        if (words.Count < 3)
            return false;
        var own = Words(said);
        // The longest run of the words in order, a few of them misheard.
        var found = 0;
        var at = 0;
        foreach (var word in words)
        {
            var next = own.IndexOf(word, at, Math.Min(own.Count - at, found == 0 ? own.Count - at : 6));
            if (next < 0)
                continue;
            found++;
            at = next + 1;
        }
        return found >= 0.8 * words.Count;
    }

    private static List<string> Words(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.ToLower(CultureInfo.InvariantCulture))
        {
            if (letter is '\'' or '’' or '-')
                continue;
            plain.Append(char.IsLetterOrDigit(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark ? letter : ' ');
        }
        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static HashSet<string> Set(string words) => [.. Words(words)];
}
