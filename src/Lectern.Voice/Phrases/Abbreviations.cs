using System.Collections.Frozen;

namespace Lectern.Voice.Phrases;

/// <summary>
/// Full stops that do not end a sentence, for English, German and French together: the language of an answer is not always known,
/// and lessons mix them. Words are held without their last full stop, in lower case.
/// </summary>
internal static class Abbreviations
{
    /// <summary>Before a name. Their case counts: <c>Ms.</c> is a title, <c>ms.</c> may be milliseconds at the end of a sentence.</summary>
    private static readonly FrozenSet<string> Titles = Words(
        "Mr Mrs Ms Dr Prof St Ste Hon Rev Gen Col Sgt Capt Lt Gov Sen Rep Messrs Hr Fr Frl Dipl Ing MM Mme Mmes Mlle Mlles Me Pr Mt Ft");

    /// <summary>Something always follows: an example, a quantity, a detail.</summary>
    private static readonly FrozenSet<string> Leading = Words(
        "dr prof approx cf vs viz resp ca incl excl esp dept bzw bspw vgl sog evtl ggf inkl exkl zzgl abzgl geb gest eigtl urspr ugs allg insb insbes " +
        "env av apr e.g i.e z.b d.h u.a o.ä o.g s.o s.u v.a i.d.r m.e n.chr v.chr c.-à-d p.ex ex " +
        "jan feb febr aug sept okt oct nov dez dec janv févr juil déc");

    /// <summary>An abbreviation only before a number or a label such as <c>fig. 3</c>, <c>Abb. 2a</c>, <c>no. 7</c>.</summary>
    private static readonly FrozenSet<string> BeforeNumber = Words(
        "no nos nr num fig figs abb tab eq eqs gl vol vols ch chap sec sect p pp par para art kap bd hrsg aufl ed eds ll bsp lekt ann mar mai jun jul");

    /// <summary>May also be the last word of a sentence: the next word's capital letter decides.</summary>
    private static readonly FrozenSet<string> Trailing = Words(
        "etc usw usf u.s.w jr sr inc ltd co corp bros a.m p.m b.c a.d b.c.e c.e u.s u.k u.s.a ph.d m.d b.sc m.sc al s.a ff str");

    /// <summary>German words before an ordinal: "am 3. Oktober", "der 2. Satz". A number with full stop after any other word may end a sentence.</summary>
    private static readonly FrozenSet<string> BeforeOrdinal = Words("am der dem den des die das vom zum zur im seit bis ab ins beim jeder jede jedes und");

    /// <summary>Whether the full stop after <paramref name="word"/> belongs to the word, given the first character of what follows.</summary>
    public static bool Owns(ReadOnlySpan<char> word, char next)
    {
        var lower = word.ToString().ToLowerInvariant();
        if (Titles.Contains(word.ToString()) || Leading.Contains(lower))
            return true;
        if (BeforeNumber.Contains(lower))
            return char.IsDigit(next) || next is '(' or '$' or '\\';
        if (Trailing.Contains(lower))
            return !char.IsUpper(next);
        return IsDotted(lower);
    }

    public static bool ExpectsOrdinal(ReadOnlySpan<char> wordBefore) => BeforeOrdinal.Contains(wordBefore.ToString().ToLowerInvariant());

    /// <summary>Single letters with full stops between, such as <c>J.S</c> or <c>u.v.m</c>.</summary>
    private static bool IsDotted(string word)
    {
        if (word.Length < 3 || word.Length % 2 == 0)
            return false;
        for (var i = 0; i < word.Length; i++)
        {
            if (i % 2 == 0 ? !char.IsLetter(word[i]) : word[i] != '.')
                return false;
        }
        return true;
    }

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
