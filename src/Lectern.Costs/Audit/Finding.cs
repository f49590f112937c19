using Lectern.Costs.Audit.Reading;

namespace Lectern.Costs.Audit;

/// <summary>What is wrong.</summary>
internal enum FindingKind
{
    /// <summary>Quantity × unit price is not the amount.</summary>
    QuantityTimesPrice,

    /// <summary>A calculation printed with "=" does not give its result.</summary>
    Equation,

    /// <summary>The columns of a row do not add up to its total.</summary>
    RowSum,

    /// <summary>A subtotal or total is not the sum of its rows.</summary>
    Sum,

    /// <summary>A total adds up only with a wrong subtotal.</summary>
    CarriedOn,

    /// <summary>Two lines are both in a sum although one replaces the other.</summary>
    CountedTwice,

    /// <summary>A year is not twelve months, a quarter not three.</summary>
    Year,

    /// <summary>The low end lies above the high end.</summary>
    RangeOrder,

    Percentage,

    /// <summary>A saving is larger than what it reduces, or differs from it.</summary>
    Saving,

    /// <summary>The same thing stands with two prices.</summary>
    PricedTwice,

    /// <summary>Cost per user is not cost divided by users.</summary>
    PerHead,

    /// <summary>The difference of two columns is another.</summary>
    Difference,

    /// <summary>A price without what it is for: right only per thousand or per million.</summary>
    MissingUnit,

    /// <summary>Not what the document's own price list gives.</summary>
    OwnPriceList,

    /// <summary>Different sizes of one machine at one price.</summary>
    SizeIgnored,

    /// <summary>Far from the list price.</summary>
    ListPrice,

    /// <summary>Rounded further than its digits say.</summary>
    Rounding,

    /// <summary>"1.234": nothing says whether it is a thousand.</summary>
    AmbiguousNumber,

    /// <summary>The file, or part of it, cannot be read.</summary>
    Unreadable,
}

/// <summary>How sure a report is.</summary>
internal enum Certainty
{
    /// <summary>Plain arithmetic on what is printed.</summary>
    Certain,

    /// <summary>Arithmetic on rows whose role was told by their words.</summary>
    Likely,

    /// <summary>There may be a reason that the document doesn't state.</summary>
    Possible,
}

/// <summary>One report. Amounts are as in the document; a span where it states one.</summary>
/// <param name="Item">The row or line it is about, in the document's words.</param>
/// <param name="Explanation">English sentence with named placeholders, the key of its translation.</param>
internal sealed record Finding(string File, int Line, FindingKind Kind, Certainty Certainty, string Item, Extent? Stated, Extent? Computed, string? Currency, string Explanation)
{
    /// <summary>Values of the placeholders; texts, since they come from the document.</summary>
    public IReadOnlyList<(string Name, string Value)> Values { get; init; } = [];

    public Extent? Difference => Stated is { } stated && Computed is { } computed ? (stated - computed).InOrder : null;
}
