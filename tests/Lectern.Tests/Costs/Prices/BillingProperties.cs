using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Tests.Costs.Prices;

/// <summary>What holds for every price and quantity.</summary>
public sealed class BillingProperties
{
    private static readonly Gen<decimal> Amounts = Gen.Choose(0, 5_000_000).Select(cents => cents / 100m);

    private static readonly Gen<TieredRate> Rates =
        from count in Gen.Choose(0, 4)
        from widths in Gen.ListOf(Gen.Choose(1, 10_000), count)
        from rates in Gen.ListOf(Gen.Choose(1, 100_000).Select(rate => rate / 10_000m), count + 1)
        select Make([.. widths], [.. rates]);

    [Fact]
    public void A_tiered_sum_rises_with_its_quantity_and_stays_between_its_lowest_and_highest_rate() => Check(
        from rate in Rates from small in Amounts from more in Amounts select (rate, small, more),
        at =>
        {
            var cost = at.rate.Cost(at.small);
            return cost <= at.rate.Cost(at.small + at.more)
                && cost <= at.small * at.rate.Tiers.Max(tier => tier.Rate)
                && cost >= at.small * at.rate.Tiers.Min(tier => tier.Rate);
        });

    [Fact]
    public void Splitting_a_quantity_at_a_limit_changes_nothing() => Check(
        from rate in Rates from quantity in Amounts select (rate, quantity),
        at => at.rate.Cost(at.quantity) == at.rate.Tiers.Select((tier, index) => (Low: index == 0 ? 0m : at.rate.Tiers[index - 1].UpTo ?? 0m, tier)).Sum(step => Math.Max(0m, Math.Min(at.quantity, step.tier.UpTo ?? at.quantity) - step.Low) * step.tier.Rate));

    [Fact]
    public void Allowances_give_away_neither_more_than_they_hold_nor_more_than_is_used() => Check(
        from quantities in Gen.NonEmptyListOf(Amounts) from free in Amounts select (quantities, free),
        at =>
        {
            var item = ShippedPricesTests.Catalogue.Items["aws-egress"][0] with { Free = new FreeAllowance(at.free, BillingPeriod.Month, FreeScope.Account, "pool", null, null) };
            var billed = FreeAllowances.Apply(at.quantities.Select(quantity => new MonthlyUse(item, quantity)), DateOnly.MinValue, DateOnly.MinValue);
            return billed.Sum(use => use.Quantity) == Math.Max(0m, at.quantities.Sum() - at.free) && billed.All(use => use.Quantity >= 0m && use.Free >= 0m);
        });

    [Fact]
    public void Started_blocks_cover_their_size_and_waste_less_than_one() => Check(
        from size in Amounts from block in Gen.Choose(1, 1000) select (size, block),
        at => Blocks.Started(at.size, at.block) * at.block is var covered && covered >= at.size && covered - at.size < at.block);

    [Fact]
    public void Storage_holds_what_was_written_and_has_not_expired() => Check(
        from start in Amounts from growth in Amounts from kept in Gen.Choose(1, 24) from cold in Gen.Choose(0, 30) from month in Gen.Choose(0, 60) select (start, growth, kept, cold, month),
        at =>
        {
            var storage = new StorageGrowth(at.start, at.growth, at.kept, at.cold);
            var alive = Enumerable.Range(0, at.month + 1).Where(written => at.month - written < at.kept).Sum(written => written == 0 ? at.start : at.growth);
            return storage.In(at.month) is { Hot: >= 0m, Cold: >= 0m } stock && stock.Total == alive;
        });

    [Fact]
    public void Longer_conversations_cost_more_for_each_turn() => Check(
        from system in Amounts from question in Gen.Choose(1, 500) from answer in Gen.Choose(1, 500) from turns in Gen.Choose(1, 60) select (system, question, answer, turns),
        at =>
        {
            var conversation = new ConversationTokens(at.system, at.question, at.answer, Window: 8000m);
            return conversation.Of(at.turns + 1).Input / (at.turns + 1) >= conversation.Of(at.turns).Input / at.turns - 0.000001m;
        });

    private static TieredRate Make(List<int> widths, List<decimal> rates)
    {
        var limit = 0m;
        var tiers = ImmutableArray.CreateBuilder<PriceTier>();
        foreach (var (width, rate) in widths.Zip(rates))
            tiers.Add(new PriceTier(limit += width, rate));
        tiers.Add(new PriceTier(null, rates[^1]));
        return new TieredRate(tiers.ToImmutable());
    }

    private static void Check<T>(Gen<T> values, Func<T, bool> holds) => Prop.ForAll(values.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
