using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Calculations that lists and sentences print with their results.</summary>
internal sealed class EquationChecks : IAuditCheck
{
    public void Check(AuditScope scope)
    {
        var reader = new FigureReader(scope.Content.Source.Convention);
        foreach (var line in scope.Content.Lines)
        {
            if (line.Text.Contains('=', StringComparison.Ordinal) && PrintedEquation.In(line.Text, reader.Read(line.Text)) is { } equation)
                CheckEquation(scope, line, equation);
        }
        foreach (var list in scope.Content.Lists)
            CheckInContext(scope, list, reader);
        foreach (var table in scope.Content.Tables.Where(table => !table.IsList))
            CheckCells(scope, table);
    }

    private static void CheckEquation(AuditScope scope, TextLine line, PrintedEquation equation)
    {
        if (equation.Evaluate() is not { Operators: > 0 } expression || equation.Figures.Any(figure => figure.IsAmbiguous) || equation.Left.Any(figure => figure.IsPercent) && !expression.IsMoney)
            return;
        var result = equation.Result;
        var free = equation.FirstFree;
        var first = equation.Left.First();
        var computed = free > 0 && first.Value.Low > 0 && !first.IsMoney ? expression.Value * (Math.Max(0, first.Value.Low - free) / first.Value.Low) : expression.Value;
        if (Agreement.OfProduct(result, computed) || expression.IsPerHour && Hours.Any(hours => Agreement.OfProduct(result, computed * hours)))
            return;
        Report(scope, line.Line, line.Text, result, computed, equation.Left.Any(figure => figure.IsMoney && figure.Per is null), free > 0, equation.Left.Any(figure => figure.IsPercent));
    }

    private static void Report(AuditScope scope, int line, string text, Figure result, Extent computed, bool hasBarePrice, bool hasFree, bool isPercentage)
    {
        if (hasBarePrice && result.Value.Low > 0 && Thousands.Find(factor => Agreement.OfProduct(result, computed / factor)) is var missing and > 0)
            scope.Report(line, FindingKind.MissingUnit, Certainty.Likely, text, result.Value, computed, result.Currency, "The price lacks its unit: the amount is right only per {count}.", ("count", missing.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)));
        else if (isPercentage)
            scope.Report(line, FindingKind.Percentage, Certainty.Certain, text, result.Value, computed, result.Currency, "The percentage gives another amount.");
        else
            scope.Report(line, FindingKind.Equation, Certainty.Certain, text, result.Value, computed, result.Currency, hasFree ? "The printed calculation gives another result once the free ones are taken off." : "The printed calculation gives another result.");
    }

    private static readonly decimal[] Hours = [730, 720, 744];
    private static readonly List<decimal> Thousands = [1_000, 1_000_000];

    // "$0.017 per hour" / "730 hours = $12.41": price and quantity stand on lines of their own.
    private static void CheckInContext(AuditScope scope, CostList list, FigureReader reader)
    {
        var rates = new List<Figure>();
        var quantities = new List<Figure>();
        Figure? last = null;
        foreach (var item in list.Items)
        {
            var figures = reader.Read(item.Text);
            var equation = PrintedEquation.In(item.Text, figures);
            if (equation is { To: var to, From: var from } && to - from == 1)
                CheckSingle(scope, item, equation, rates, quantities, last);
            last = equation?.Result ?? figures.FirstOrDefault(figure => figure.IsMoney && !figure.IsRate) ?? last;
            rates.AddRange(figures.Where(figure => figure.IsRate && figure.Per!.Value.Unit.Length > 0)); // a rate has its "per"
            quantities.AddRange(figures.Where(figure => !figure.IsMoney && figure.Unit.Length > 0));
        }
    }

    private static void CheckSingle(AuditScope scope, ListLine item, PrintedEquation equation, List<Figure> rates, List<Figure> quantities, Figure? last)
    {
        var (left, result) = (equation.Left.Single(), equation.Result);
        if (left.IsPercent && last is not null)
        {
            // "40% discount = …" may print what is saved or what is left.
            var (saved, remaining) = (last.Value * left.Value / 100, last.Value * (new Extent(100, 100) - left.Value) / 100);
            if (!Agreement.OfProduct(result, saved) && !Agreement.OfProduct(result, remaining))
                scope.Report(item.Line, FindingKind.Percentage, Certainty.Likely, item.Text, result.Value, saved, result.Currency, "The percentage of the amount above is another; {remaining} would remain.", ("remaining", Amounts.Plain(remaining)));
            return;
        }
        var partner = left.IsRate ? quantities.LastOrDefault(figure => figure.Unit == left.Per!.Value.Unit) : rates.LastOrDefault(figure => figure.Per!.Value.Unit == left.Unit && left.Unit.Length > 0); // rates have their "per"
        if (partner is null || left.IsMoney && !left.IsRate)
            return;
        var computed = left.PerOne * partner.PerOne;
        if (!Agreement.OfProduct(result, computed))
            scope.Report(item.Line, FindingKind.QuantityTimesPrice, Certainty.Likely, item.Text, result.Value, computed, result.Currency, "Quantity times price, as the lines above give them, is another amount.");
    }

    // "29 instances × $0.10/hr" in a cell, the amount in another.
    private static void CheckCells(AuditScope scope, CostTable table)
    {
        if (table.Amounts.FirstOrDefault(column => column.Role == ColumnRole.Amount && column.Period is Period.None or Period.Month) is not { } amounts)
            return;
        foreach (var row in table.Rows.Where(row => row.Role == RowRole.Item && row[amounts] is { Kind: CellKind.Amount, IsOpen: false }))
        {
            var stated = row[amounts].Lead!; // the cell is an amount
            foreach (var cell in row.Cells.Where((cell, index) => cell.Figures.Count > 1 && index < table.Columns.Count && table.Columns[index].Role != ColumnRole.UnitPrice && cell.Figures.Any(figure => figure.IsMoney) && !ReferenceEquals(cell, row[amounts])))
            {
                if (PrintedEquation.In(cell.Text, cell.Figures) is { } printed)
                    CheckEquation(scope, new TextLine(row.Line, cell.Text, false), printed);
                else if (Expressions.Evaluate(cell.Text, cell.Figures, 0, cell.Figures.Count) is { Operators: > 0, IsMoney: true } expression && !cell.Figures.Any(figure => figure.IsRate) | cell.Figures.Any(figure => !figure.IsMoney))
                    CheckCell(scope, row, stated, expression);
            }
        }
    }

    private static void CheckCell(AuditScope scope, CostRow row, Figure stated, Expression expression)
    {
        if (Agreement.OfProduct(stated, expression.Value) || expression.IsPerHour && Hours.Any(hours => Agreement.OfProduct(stated, expression.Value * hours)))
            return;
        scope.Report(row.Line, FindingKind.QuantityTimesPrice, Certainty.Certain, row.Label, stated.Value, expression.IsPerHour ? expression.Value * Hours[0] : expression.Value, stated.Currency, "The row's own calculation gives another amount.");
    }
}
