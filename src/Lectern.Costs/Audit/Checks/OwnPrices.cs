using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>A unit price that the document states for a service, in a table of prices or in a sentence.</summary>
/// <param name="Name">Words of the name, without the provider's.</param>
/// <param name="Free">What is not charged, in the unit of the price.</param>
/// <param name="IsAlwaysFree">The allowance holds without a time limit.</param>
internal sealed record OwnPrice(int Line, IReadOnlyList<string> Name, Figure Price, decimal Free, bool IsAlwaysFree)
{
    private static readonly string[] Providers = ["aws", "amazon", "azure", "google", "gcp", "microsoft"];
    private static readonly string[] PriceWords = ["pricing", "price", "rate", "preis", "tarif"];

    /// <summary>Prices from tables that hold no amounts.</summary>
    public static IReadOnlyList<OwnPrice> InTables(EstimateContent content)
    {
        var prices = new List<OwnPrice>();
        foreach (var table in content.Tables.Where(table => !table.IsList && !table.Amounts.Any()))
        {
            foreach (var column in table.Of(ColumnRole.UnitPrice))
                prices.AddRange(table.Rows.Where(row => row[column] is { Kind: CellKind.Amount, Figures.Count: 1, Lead: { IsRate: true, IsAmbiguous: false } }).Select(row => Of(table, row, row[column].Lead!))); // an amount has its figure
        }
        return prices;
    }

    /// <summary>Prices from sentences such as "Maps pricing: $7 per 1,000 loads".</summary>
    public static IReadOnlyList<OwnPrice> InSentences(EstimateContent content)
    {
        var reader = new FigureReader(content.Source.Convention);
        var prices = new List<OwnPrice>();
        foreach (var line in content.Lines)
        {
            var colon = line.Text.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || Words.Of(line.Text[..colon]) is not { Count: > 1 and < 5 } words || !PriceWords.Contains(words[^1]))
                continue;
            if (reader.Read(line.Text[colon..]).FirstOrDefault(figure => figure.IsMoney) is { IsRate: true } price && price.Per!.Value.Unit.Length > 0)
                prices.Add(new OwnPrice(line.Line, [.. words.SkipLast(1)], price, 0, false));
        }
        return prices;
    }

    public static IReadOnlyList<string> NameOf(string label)
    {
        var open = label.IndexOf('(', StringComparison.Ordinal);
        return [.. Words.Of(open > 0 ? label[..open] : label).Where(word => !Providers.Contains(word))];
    }

    /// <summary>What is free in a row's allowance columns, in the unit of a price.</summary>
    public static Figure? AllowanceOf(CostTable table, CostRow row, Rate per) =>
        table.Of(ColumnRole.Allowance).SelectMany(column => row[column].Figures).FirstOrDefault(figure => !figure.IsMoney && Matches(figure.Unit, per));

    public static bool Matches(string unit, Rate per) => unit == per.Unit || per.Unit.Length == 0 && unit is not ("gb" or "hour" or "minute" or "day" or "month");

    private static OwnPrice Of(CostTable table, CostRow row, Figure price)
    {
        var free = AllowanceOf(table, row, price.Per!.Value); // only rates come here
        var words = string.Join(' ', table.Of(ColumnRole.Allowance).Select(column => row[column].Text));
        return new OwnPrice(row.Line, NameOf(row.Label), price, free?.Value.Low ?? 0, words.Contains("always", StringComparison.OrdinalIgnoreCase) || words.Contains("immer", StringComparison.OrdinalIgnoreCase));
    }
}
