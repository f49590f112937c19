namespace Lectern.Costs.Prices;

/// <summary>A price of one's own in place of the catalogue's: from the installation's files or a school's table.</summary>
/// <param name="ItemId">The item whose price it replaces.</param>
/// <param name="Region">The region; null: the same in all.</param>
/// <param name="Rate">For the unit and in the currency of the item, unless <paramref name="Currency"/> is given.</param>
/// <param name="Currency">ISO 4217; null: the item's.</param>
/// <param name="Source">Who says so: "contract of March 2026".</param>
/// <param name="Entered">When it was entered.</param>
public sealed record PriceOverride(string ItemId, string? Region, TieredRate Rate, string? Currency, string Source, DateOnly Entered);
