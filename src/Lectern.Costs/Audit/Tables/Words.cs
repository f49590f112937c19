using System.Collections.Frozen;
using System.Globalization;

namespace Lectern.Costs.Audit.Tables;

/// <summary>The words by which columns and rows are recognised, in English, German, French and Spanish.</summary>
internal static class Words
{
    public static readonly FrozenSet<string> Cost = Set("cost costs price prices amount budget fee fees spend spending charge charges bill expense expenses investment betrag kosten preis gesamtpreis gebühr montant coût prix importe coste precio usd eur chf gbp inr monthly annual annually yearly");
    public static readonly FrozenSet<string> Total = Set("total totals sum summe gesamt gesamtsumme gesamtbetrag gesamtkosten insgesamt endsumme totale");
    public static readonly FrozenSet<string> Subtotal = Set("subtotal subtotals zwischensumme teilsumme");
    public static readonly FrozenSet<string> Quantity = Set("quantity qty anzahl menge stück quantité cantidad count units volume usage hours number seats licences licenses nodes instances minutes users students umfang verbrauch stunden pieces uso");
    public static readonly FrozenSet<string> UnitPrice = Set("rate rates each einzelpreis stückpreis unitaire unitario tarif tariff");
    public static readonly FrozenSet<string> Difference = Set("difference diff delta differenz winner savings saving ersparnis change vs");
    public static readonly FrozenSet<string> Allowance = Set("allowance freikontingent limit");
    public static readonly FrozenSet<string> Head = Set("user users student students learner learners call calls session sessions head kopf schüler customer customers employee");
    public static readonly FrozenSet<string> Year = Set("annual annually yearly year years yr jahr jährlich jährliche annuel annuelle anual año pa");
    public static readonly FrozenSet<string> Month = Set("monthly month months mo monat monatlich monatliche mtl mois mensuel mensual mes");
    public static readonly FrozenSet<string> Quarter = Set("quarter quarterly quartal vierteljährlich");
    public static readonly FrozenSet<string> Low = Set("low lower min minimum minimal niedrig best");
    public static readonly FrozenSet<string> High = Set("high higher upper max maximum maximal hoch worst");
    public static readonly FrozenSet<string> Scenario = Set("low medium high min max minimum maximum minimal typical average base peak small large basic");
    public static readonly FrozenSet<string> Saving = Set("saving savings discount discounts rebate credit credits rabatt nachlass ersparnis einsparung skonto remise descuento save saves reduction");
    public static readonly FrozenSet<string> Commitment = Set("reserved reservation commitment committed spot reserviert");
    public static readonly FrozenSet<string> Chosen = Set("realistic conservative pessimistic optimistic expected realistisch");
    public static readonly FrozenSet<string> Alternative = Set("alternative alternatively alternativ instead wahlweise");
    public static readonly FrozenSet<string> Vague = Set("a an the of for and or with per in on to our your other service services server servers cost costs total subtotal monthly annual year month mit und für der die das 1 2 3 new old own additional basic standard");

    /// <summary>Lower-case words of a text; snake_case and camelCase come apart.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            var isPart = at < text.Length && char.IsLetterOrDigit(text[at]);
            var isHump = isPart && start >= 0 && char.IsUpper(text[at]) && char.IsLower(text[at - 1]);
            if (start >= 0 && (!isPart || isHump))
            {
                words.Add(text[start..at].ToLower(CultureInfo.InvariantCulture));
                start = -1;
            }
            if (isPart && start < 0)
                start = at;
        }
        return words;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
