using Lectern.Costs.Prices;

namespace Lectern.Costs.Planning.Bills;

/// <summary>What is on offer for each purpose, looked up once for all the bills of one plan. Not for several threads.</summary>
internal sealed class PriceShelf(PriceCatalogue catalogue, DateOnly opened)
{
    private readonly Dictionary<(string Provider, string Kind, DateOnly Month), IReadOnlyList<PriceItem>> _offers = [];
    private readonly Dictionary<(string Provider, string Kind), bool> _isTimeless = [];
    private readonly Dictionary<(string Id, string? Region, Purchase Purchase, DateOnly Month), PriceAnswer> _answers = [];
    private readonly Dictionary<string, bool> _isTimelessItem = [];

    public PriceCatalogue Catalogue { get; } = catalogue;

    /// <summary>When the account with the provider was opened.</summary>
    public DateOnly Opened { get; } = opened;

    /// <summary>Items that a provider sells to this account for a purpose, cheapest first.</summary>
    public IReadOnlyList<PriceItem> OfKind(string provider, string kind, DateOnly month)
    {
        if (!_isTimeless.TryGetValue((provider, kind), out var isTimeless))
            _isTimeless[(provider, kind)] = isTimeless = Catalogue.Items.Values.SelectMany(versions => versions).Where(item => item.Provider == provider && item.Kind == kind).All(IsTimeless);
        var key = (provider, kind, isTimeless ? DateOnly.MinValue : month);
        if (!_offers.TryGetValue(key, out var offers))
            _offers[key] = offers = [.. Catalogue.OfKind(provider, kind, month).Where(item => item.ClosedToNewOn is not { } closed || Opened < closed)];
        return offers;
    }

    public PriceAnswer Find(string id, string? region, Purchase purchase, DateOnly month)
    {
        if (!_isTimelessItem.TryGetValue(id, out var isTimeless))
            _isTimelessItem[id] = isTimeless = Catalogue.Items.TryGetValue(id, out var versions) && versions.All(IsTimeless);
        var key = (id, region, purchase, isTimeless ? DateOnly.MinValue : month);
        if (!_answers.TryGetValue(key, out var answer))
            _answers[key] = answer = Catalogue.Find(id, region, purchase, month);
        return answer;
    }

    // The same in every month.
    private static bool IsTimeless(PriceItem item) => item.ValidFrom is null && item.ValidTo is null && item.RetiredOn is null;
}
