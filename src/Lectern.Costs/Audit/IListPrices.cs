namespace Lectern.Costs.Audit;

/// <summary>What the audit asks of a catalogue of list prices. Empty where there is none: the checks that need one then say nothing.</summary>
internal interface IListPrices
{
    /// <summary>Prices of items whose names stand in the text, the best match first.</summary>
    IReadOnlyList<ListPrice> Named(string text);
}

/// <summary>A list price, as plain as an audit needs it.</summary>
/// <param name="Unit">Plain form as <see cref="Reading.Units"/> has it.</param>
/// <param name="Price">US dollars per one unit; per month and instance for machines.</param>
internal sealed record ListPrice(string Id, string Name, string Unit, decimal Price, string Evidence);

internal sealed class NoListPrices : IListPrices
{
    public IReadOnlyList<ListPrice> Named(string text) => [];
}
