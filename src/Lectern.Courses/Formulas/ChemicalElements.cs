using System.Collections.Frozen;

namespace Lectern.Courses.Formulas;

/// <summary>Tells <c>NaCl</c> (two elements) from <c>ATP</c> (a name), so that each is spelled as a chemist would.</summary>
internal static class ChemicalElements
{
    private static readonly FrozenSet<string> Symbols = (
        "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe "
        + "Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu").Split(' ').ToFrozenSet();

    public static bool Contains(string symbol) => Symbols.Contains(symbol);

    /// <summary>The elements a run of letters is made of, longest first; empty when it is not made of elements.</summary>
    public static IReadOnlyList<string> Split(string letters)
    {
        var found = new List<string>();
        for (var i = 0; i < letters.Length;)
        {
            var length = i + 1 < letters.Length && char.IsAsciiLetterLower(letters[i + 1]) ? 2 : 1;
            if (!Symbols.Contains(letters.Substring(i, length))) return [];
            found.Add(letters.Substring(i, length));
            i += length;
        }
        return found;
    }
}
