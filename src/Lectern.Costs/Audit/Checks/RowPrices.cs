using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>What a row's quantities and its unit price can give.</summary>
internal sealed record RowPrices(IReadOnlyList<Extent> Possible, Extent? Expected, bool IsWholeKnown, decimal? MissingFactorOf = null)
{
    public static RowPrices Nothing { get; } = new([], null, false);

    private static readonly decimal[] HoursOfMonth = [730, 720, 744];

    public static RowPrices Of(CostTable table, CostRow row, CostColumn priceColumn)
    {
        var price = row[priceColumn];
        if (price.Kind is not (CellKind.Amount or CellKind.Number) || price.IsOpen && !price.Figures.Skip(1).Any(figure => figure.IsMoney))
            return Nothing;
        var terms = price.Figures.Where(figure => figure.IsMoney || price.Kind == CellKind.Number).ToList();
        var quantities = QuantitiesOf(table, row, priceColumn);
        return terms.Count == 1 ? Single(terms[0], quantities) : Several(terms, quantities);
    }

    private static RowPrices Single(Figure price, List<Quantity> quantities)
    {
        var per = price.Per ?? new Rate(1, "");
        var fitting = quantities.FindAll(quantity => Fits(quantity, per)).OrderByDescending(quantity => quantity.IsPrimary).ToList();
        var possible = new List<Extent>();
        foreach (var quantity in fitting)
        {
            possible.Add(quantity.Figure.Value * price.PerOne);
            if (quantity.Figure.OtherScale != 1)
                possible.Add(quantity.Figure.Value * quantity.Figure.OtherScale * price.PerOne);
        }
        var primary = quantities.FindIndex(quantity => quantity.IsPrimary);
        if (per.Unit == "hour" && !quantities.Exists(quantity => quantity.Figure.Unit == "hour"))
            possible.InsertRange(0, HoursOfMonth.SelectMany(hours => new[] { primary >= 0 ? quantities[primary].Figure.Value : Extent.Of(1), Extent.Of(1) }.Select(count => count * hours * price.PerOne)));
        var expected = possible.Count > 0 ? possible[0] : (Extent?)null;
        foreach (var left in fitting)
            possible.AddRange(quantities.Where(right => right != left).Select(right => left.Figure.Value * right.Figure.Value * price.PerOne));
        if (primary >= 0)
            possible.Add(quantities[primary].Figure.Value * price.PerOne);
        // A price in thousands beside a quantity of something else: nothing in the row gives the amount.
        if (expected is null && primary >= 0 && per.Count >= 1000)
            return new RowPrices(possible, quantities[primary].Figure.Value * price.PerOne, false);
        return new RowPrices(possible, expected, expected is not null);
    }

    private static RowPrices Several(List<Figure> terms, List<Quantity> quantities)
    {
        foreach (var group in quantities.GroupBy(quantity => quantity.Cell).Where(group => group.Count() == terms.Count && group.Count() > 1))
        {
            var inOrder = group.Zip(terms, (quantity, term) => quantity.Figure.Value * term.PerOne).Aggregate((left, right) => left + right);
            var flat = terms.Aggregate(Extent.Zero, (sum, term) => sum + term.PerOne);
            return terms.TrueForAll(term => term.Per is not null) ? new RowPrices([inOrder], inOrder, true) : new RowPrices([flat], null, false, inOrder.High);
        }
        // Terms whose quantity isn't printed ("$5 + $1/rule") leave the amount open; what is known may still explain it.
        var (sum, isWhole) = (Extent.Zero, true);
        foreach (var term in terms)
        {
            var fitting = quantities.Find(quantity => term.Per is { } per && Fits(quantity, per));
            if (term.Per is null)
                sum += term.Value;
            else if (fitting is not null)
                sum += fitting.Figure.Value * term.PerOne;
            else
                isWhole = false;
        }
        return new RowPrices([sum], isWhole ? sum : null, isWhole);
    }

    private static bool Fits(Quantity quantity, Rate per)
    {
        var unit = quantity.Figure.Unit;
        if (per.Unit.Length == 0)
            return quantity.IsPrimary && (per.Count == 1 || unit is not ("gb" or "hour" or "day")) || unit.Length == 0;
        return unit == per.Unit || unit.Length == 0 && quantity.IsPrimary || quantity.Cell.Text.Contains(per.Unit, StringComparison.OrdinalIgnoreCase) && unit.Length > 0 && quantity.Figure.Value.Low > 0 && quantity.Cell.Figures.Count == 1 && per.Unit.Length > 3;
    }

    private static List<Quantity> QuantitiesOf(CostTable table, CostRow row, CostColumn priceColumn)
    {
        var quantities = new List<Quantity>();
        foreach (var column in table.Columns.Where(column => column.Index != priceColumn.Index && column.Role is ColumnRole.Quantity or ColumnRole.Text))
        {
            var cell = row[column];
            var isFirst = column.Role == ColumnRole.Quantity;
            foreach (var figure in cell.Figures.Where(figure => !figure.IsMoney && !figure.IsPercent && !figure.IsAmbiguous))
            {
                quantities.Add(new Quantity(figure, cell, isFirst));
                isFirst = false;
            }
        }
        return quantities;
    }

    private sealed record Quantity(Figure Figure, Cell Cell, bool IsPrimary);
}
