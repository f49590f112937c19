using Lectern.Costs.Budgets;
using Lectern.Costs.Prices;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Costs.Metering.OwnPrices;

/// <summary>A price of the catalogue that uses are metered by, and what the school pays instead.</summary>
/// <param name="Listed">For one unit of the item; of several steps the dearest, as it is metered.</param>
/// <param name="Units">How many tokens, characters, seconds or mails one unit buys.</param>
internal sealed record MeteredPrice(PriceItem Item, decimal Listed, decimal Units, OwnPrice? Own)
{
    /// <summary>For one unit of the item, in the own price's currency.</summary>
    public decimal? OwnAmount => Own is null ? null : Own.Rate * Units;
}

/// <summary>Reads and changes the prices that the scope's school has agreed itself.</summary>
internal sealed class OwnPriceBook(LecternDb db, SchoolContext school, PriceBook prices, FiguresBook figures, TimeProvider time)
{
    // What is paid for by use. Servers and the like stand in plans, and nobody meters them.
    private static readonly HashSet<string> Kinds =
    [
        PriceKinds.ModelInput, PriceKinds.ModelCached, PriceKinds.ModelOutput, PriceKinds.TextToSpeech, PriceKinds.SpeechToText, PriceKinds.Avatar,
        PriceKinds.Telephony, PriceKinds.TelephonyRelay, PriceKinds.TelephonyExtra, PriceKinds.Mail,
    ];

    private DateOnly Today => school.Required.Day(time.GetUtcNow());

    /// <summary>Everything that can be metered, the own prices first.</summary>
    /// <param name="search">A part of the name or the id; null for all.</param>
    public async Task<IReadOnlyList<MeteredPrice>> ListAsync(string? search, CancellationToken ct)
    {
        var own = await db.Set<OwnPrice>().AsNoTracking().ToDictionaryAsync(price => price.PriceId, ct);
        return [.. prices.Catalogue.Items.Keys.Select(id => Of(id, own.GetValueOrDefault(id))).OfType<MeteredPrice>()
            .Where(price => string.IsNullOrWhiteSpace(search) || $"{price.Item.Service} {price.Item.Meter} {price.Item.Id}".Contains(search.Trim(), StringComparison.OrdinalIgnoreCase))
            .OrderBy(price => price.Own is null).ThenBy(price => price.Item.Id, StringComparer.Ordinal)];
    }

    /// <returns>Null when nothing is metered by this price.</returns>
    public async Task<MeteredPrice?> FindAsync(string priceId, CancellationToken ct) =>
        Of(priceId, await db.Set<OwnPrice>().AsNoTracking().SingleOrDefaultAsync(price => price.PriceId == priceId, ct));

    /// <param name="amount">For one unit of the item.</param>
    public async Task SetAsync(MeteredPrice price, decimal amount, string currency, string note, CancellationToken ct)
    {
        var (rate, now) = (amount / price.Units, time.GetUtcNow());
        if (await db.Set<OwnPrice>().SingleOrDefaultAsync(own => own.PriceId == price.Item.Id, ct) is { } known)
            known.Change(rate, currency, note, now);
        else
            db.Add(OwnPrice.Create(price.Item.Id, rate, currency, note, now));
        await SaveAsync(ct);
    }

    public async Task RemoveAsync(string priceId, CancellationToken ct)
    {
        db.RemoveRange(await db.Set<OwnPrice>().Where(own => own.PriceId == priceId).ToListAsync(ct));
        await SaveAsync(ct);
    }

    private MeteredPrice? Of(string priceId, OwnPrice? own) =>
        prices.Catalogue.ItemOn(priceId, Today) is { } item && Kinds.Contains(item.Kind) && !item.IsRetiredOn(Today) && CatalogueRates.UnitsIn(item.Unit) is { } units
            ? new MeteredPrice(item, item.Prices[0].Rate.Tiers.Max(tier => tier.Rate), units, own) : null;

    private async Task SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        figures.Want(school.Required.Id);
    }
}
