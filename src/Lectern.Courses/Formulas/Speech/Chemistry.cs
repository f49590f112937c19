namespace Lectern.Courses.Formulas.Speech;

/// <summary>Whether upright letters are elements: without it the C in "6 CO₂" would be coulomb.</summary>
internal static class Chemistry
{
    public static bool IsIn(TexNode node) => node switch
    {
        Row row => HasCompound(row.Items) || row.Items.Any(IsIn),
        UprightGroup group => IsIn(group.Body),
        Script script => (IsElement(script.Base) && script.Sub is Number) || IsIn(script.Base),
        Stacked stacked => IsIn(stacked.Base),
        Fenced fenced => IsIn(fenced.Body),
        Fraction fraction => IsIn(fraction.Numerator) || IsIn(fraction.Denominator),
        Table table => table.Rows.Any(row => row.Any(IsIn)),
        _ => false,
    };

    public static bool IsElement(TexNode node) => node switch
    {
        Letter { Style: LetterStyle.Upright } letter => ChemicalElements.Contains(letter.Text),
        UprightGroup group => IsElement(group.Body),
        Row { Items.Count: 1 } row => IsElement(row.Items[0]),
        Words words => ChemicalElements.Contains(words.Text) || ChemicalElements.Split(words.Text).Count > 1,
        _ => false,
    };

    private static bool HasCompound(IReadOnlyList<TexNode> items)
    {
        for (var i = 1; i < items.Count; i++)
        {
            if (IsElement(items[i - 1]) && items[i - 1] is Letter && IsElement(items[i] is Script script ? script.Base : items[i])) return true;
        }
        return false;
    }
}
