using Lectern.Costs.Audit.Reading;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Checks;

/// <summary>
/// The ways in which a total can be meant: the rows since the last subtotal, all rows, the subtotals, the last total and what came after it; with or without what is optional,
/// with one of two alternatives, under one scenario. A total that agrees with one of them is right; "both alternatives" is never one of them.
/// </summary>
internal sealed class SumReadings
{
    private const int MostChoices = 4;
    private readonly List<SumLine> _items = [];
    private readonly List<SumLine> _segment = [];
    private readonly List<(Extent Value, SumLine Line)> _subtotals = [];
    private readonly IReadOnlyList<Alternatives.Pair> _pairs;
    private bool _isSegmentClosed;

    public SumReadings(IReadOnlyList<Alternatives.Pair> pairs) => _pairs = pairs;

    /// <summary>The last subtotal or total, on which later totals may stand.</summary>
    public SumLine? LastSum => _subtotals.Count > 0 ? _subtotals[^1].Line : null;

    public bool HasItems => _items.Exists(item => item.Figure is not null);

    public bool IsOpen => _items.Exists(item => item.Value is null);

    public bool ShowCents => _items.Exists(item => item.Figure?.Decimals > 0);

    public void AddItem(SumLine item)
    {
        if (_isSegmentClosed)
        {
            _segment.Clear();
            _isSegmentClosed = false;
        }
        _items.Add(item);
        _segment.Add(item);
    }

    public void Close(SumLine sum)
    {
        if (sum.Value is { } value)
        {
            // Two totals in a row are two readings of the same rows: the first one counts for what follows.
            if (!_isSegmentClosed || _subtotals.Count == 0)
                _subtotals.Add((value, sum));
        }
        _isSegmentClosed = true;
    }

    /// <summary>What the total should be, the most natural reading first.</summary>
    public IEnumerable<(Extent Value, bool OnSubtotal)> For(SumLine total)
    {
        var scenario = total.Scenario;
        foreach (var (before, rows, onSubtotal) in Groups(total.Role == RowRole.Subtotal))
        {
            foreach (var choice in Choices(rows, scenario))
                yield return (before + choice, onSubtotal);
        }
    }

    /// <summary>The sum with both of each two alternatives: what a document that counts twice has computed.</summary>
    public IEnumerable<Extent> WithBoth()
    {
        foreach (var (before, rows, _) in Groups(isSubtotal: true))
        {
            yield return before + Add(rows.Where(row => row.Value is { IsSingle: true }));
            yield return before + Add(rows);
        }
    }

    // Where rows have been closed by subtotals already, a total counts either the rows or the subtotals.
    private IEnumerable<(Extent Before, IReadOnlyList<SumLine> Rows, bool OnSubtotal)> Groups(bool isSubtotal)
    {
        if (_subtotals.Count == 0 || isSubtotal)
            yield return (Extent.Zero, _segment, false);
        if (_subtotals.Count == 0)
            yield break;
        List<SumLine> trailing = _isSegmentClosed ? [] : _segment;
        if (trailing.Count > 0)
            yield return (_subtotals[^1].Value, trailing, true);
        if (_subtotals.Count > 1)
            yield return (_subtotals.Aggregate(Extent.Zero, (sum, subtotal) => sum + subtotal.Value), trailing, true);
        // A second total under the first: the same rows again, on the same earlier total.
        if (trailing.Count == 0 && _subtotals.Count > 1)
            yield return (_subtotals[^2].Value, _segment, true);
        yield return (Extent.Zero, _items, false);
        if (!isSubtotal)
            yield return (Extent.Zero, _segment, false);
    }

    private IEnumerable<Extent> Choices(IReadOnlyList<SumLine> rows, string? scenario)
    {
        var pairs = _pairs.Where(pair => rows.Any(row => row.Row == pair.Normal) && rows.Any(row => row.Row == pair.Other)).Take(MostChoices).ToList();
        for (var mask = 0; mask < 1 << pairs.Count; mask++)
        {
            var left = pairs.Select((pair, index) => (mask >> index & 1) == 0 ? pair.Other : pair.Normal).ToHashSet();
            var chosen = rows.Where(row => !left.Contains(row.Row)).ToList();
            foreach (var sum in Scenarios(chosen, scenario))
                yield return sum;
        }
    }

    private static IEnumerable<Extent> Scenarios(List<SumLine> rows, string? scenario)
    {
        var scenarios = rows.Where(row => row.Scenario is not null).Select(row => row.Scenario!).Distinct().ToList(); // filtered the line before
        if (scenarios.Count > 1)
        {
            if (scenario is not null)
                yield return Add(rows.Where(row => row.Scenario is null || row.Scenario == scenario));
            var each = scenarios.Select(one => Add(rows.Where(row => row.Scenario is null || row.Scenario == one))).ToList();
            yield return new Extent(each.Min(sum => sum.Low), each.Max(sum => sum.High));
            if (scenario is not null)
                yield break;
        }
        var all = Add(rows);
        if (rows.Exists(row => row.IsOptional))
        {
            var without = Add(rows.Where(row => !row.IsOptional));
            yield return new Extent(without.Low, all.High);
        }
        yield return all;
    }

    // A percentage off reduces what stands above it; optional single amounts count at the high end, as ranges from zero do.
    private static Extent Add(IEnumerable<SumLine> rows)
    {
        var sum = Extent.Zero;
        foreach (var row in rows)
            sum = row.PercentOff > 0 ? sum * (1 - row.PercentOff) : sum + (row.Value ?? Extent.Zero);
        return sum;
    }
}
