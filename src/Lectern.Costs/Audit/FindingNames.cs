using System.Text;

namespace Lectern.Costs.Audit;

/// <summary>Kinds and certainties by name, and the sentences of reports: in English for the command line, as keys of translations for the page.</summary>
internal static class FindingNames
{
    // T["Quantity × price"] T["Calculation"] T["Row sum"] T["Sum"] T["Carried on"] T["Counted twice"] T["Year"] T["Low above high"] T["Percentage"] T["Saving"] T["Priced twice"] T["Cost per head"] T["Difference"]
    // T["Missing unit"] T["Own price list"] T["Size ignored"] T["Far from the list price"] T["Rounding"] T["Ambiguous number"] T["Unreadable"]
    public static string Of(FindingKind kind) => kind switch
    {
        FindingKind.QuantityTimesPrice => "Quantity × price",
        FindingKind.Equation => "Calculation",
        FindingKind.RowSum => "Row sum",
        FindingKind.Sum => "Sum",
        FindingKind.CarriedOn => "Carried on",
        FindingKind.CountedTwice => "Counted twice",
        FindingKind.Year => "Year",
        FindingKind.RangeOrder => "Low above high",
        FindingKind.Percentage => "Percentage",
        FindingKind.Saving => "Saving",
        FindingKind.PricedTwice => "Priced twice",
        FindingKind.PerHead => "Cost per head",
        FindingKind.Difference => "Difference",
        FindingKind.MissingUnit => "Missing unit",
        FindingKind.OwnPriceList => "Own price list",
        FindingKind.SizeIgnored => "Size ignored",
        FindingKind.ListPrice => "Far from the list price",
        FindingKind.Rounding => "Rounding",
        FindingKind.AmbiguousNumber => "Ambiguous number",
        FindingKind.Unreadable => "Unreadable",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    // T["certain"] T["likely"] T["possible"]
    public static string Of(Certainty certainty) => certainty switch
    {
        Certainty.Certain => "certain",
        Certainty.Likely => "likely",
        Certainty.Possible => "possible",
        _ => throw new ArgumentOutOfRangeException(nameof(certainty)),
    };

    // What the checks say, for the translators:
    // T["The total counts two rows of which one replaces the other."] T["The total is rounded further than its digits say."] T["The rows above add up to another sum."] T["The sum stands on line {line}, which is wrong."]
    // T["The price lacks its unit: the amount is right only per {count}."] T["The percentage gives another amount."] T["The printed calculation gives another result."]
    // T["The printed calculation gives another result once the free ones are taken off."] T["The percentage of the amount above is another; {remaining} would remain."]
    // T["Quantity times price, as the lines above give them, is another amount."] T["The row's own calculation gives another amount."] T["Quantity times unit price is another amount."] T["Quantity times unit price is another amount; the row says that part of it is free."]
    // T["Nothing in the row gives the amount: the price is for another unit than the quantity."] T["The amount is rounded further than its digits say."] T["The columns of the row add up to another sum."]
    // T["Twelve times the monthly amount is another."] T["Three times the monthly amount is another."] T["Twelve times a rounded month; line {line} has the year of the exact one."]
    // T["The low end lies above the high end."] T["The cost divided by the number is another."] T["The amounts of the row differ by another amount."]
    // T["The reservation of line {line} saves another amount."] T["The saving is larger than what it reduces."] T["The difference from the baseline of line {line} is another."]
    // T["The document's own price in line {line} gives another amount."] T["The free allowance that the document names (price in line {line}) is not taken off."]
    // T["{this} at {price} each, and {other} at {otherPrice} each in line {line}: the larger one should cost more."] T["The same, as it is described, stands in line {line} at another price."]
    // T["The {count} sections that belong to this heading add up to another sum."] T["Far from the list price: {items} ({evidence}, {date})."]
    // T["The mark may group thousands or begin the decimals; nothing in the document settles it. The row is left out of all sums."]
    // T["This is no valid JSON."] T["A record is too long; perhaps a quotation mark is not closed."] T["A quotation mark is not closed: what follows it is one cell."] T["The file is no text: it holds a byte of zero."]
    // T["The row has {cells} cells in a table of {columns}: an amount of it stands in no column of amounts, and no sum counts it."] T["The Markdown is nested too deeply to be read."]

    /// <summary>"quantity-times-price": the kind as a word for machines.</summary>
    public static string Word(FindingKind kind)
    {
        var word = new StringBuilder();
        foreach (var letter in kind.ToString())
            word.Append(char.IsUpper(letter) && word.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(letter));
        return word.ToString();
    }

    public static string Explain(Finding finding) => finding.Values.Aggregate(finding.Explanation, (text, value) => text.Replace($"{{{value.Name}}}", value.Value, StringComparison.Ordinal));
}
