using Lectern.Costs.Contracts;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Tests.Costs.Prices;

public sealed class BillingTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Fact]
    public void Free_allowances_belong_to_the_account_are_shared_by_a_pool_and_end()
    {
        var x86 = Item("aws-lambda-x86");
        var arm = Item("aws-lambda-arm");
        var rest = Item("aws-api-rest");
        MonthlyUse[] uses = [new(x86, 300_000m), new(arm, 300_000m), new(rest, 1_500_000m)];

        var old = FreeAllowances.Apply(uses, opened: new DateOnly(2025, 7, 1), month: new DateOnly(2026, 6, 1));
        var later = FreeAllowances.Apply(uses, opened: new DateOnly(2025, 7, 1), month: new DateOnly(2026, 7, 1));
        var young = FreeAllowances.Apply(uses, opened: new DateOnly(2025, 7, 15), month: new DateOnly(2025, 8, 1));

        Assert.Equal([0m, 200_000m, 500_000m], old.Select(use => use.Quantity));
        Assert.Equal([0m, 200_000m, 1_500_000m], later.Select(use => use.Quantity));
        Assert.Equal([0m, 200_000m, 1_500_000m], young.Select(use => use.Quantity));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(32, 1)]
    [InlineData(33, 2)]
    public void A_begun_block_counts_whole(int kilobytes, int blocks) => Assert.Equal(blocks, Blocks.Started(kilobytes, 32m));

    [Fact]
    public void Each_leg_of_each_call_is_rounded_by_itself()
    {
        Assert.Equal(200m, TelephoneCalls.StartedMinutes(calls: 100, seconds: 61));
        Assert.Equal(4m, TelephoneCalls.StartedMinutes([1m, 60m, 61m]));
    }

    [Fact]
    public void Bytes_leave_a_cloud_on_one_line()
    {
        var pool = EgressPool.Of(
        [
            new Outflow(Direct: 100m),
            new Outflow(Direct: 0m, ThroughCdn: 1000m, HitRatio: 0.9m, CdnIsOfTheCloud: true),
            new Outflow(Direct: 10m, ThroughCdn: 500m, HitRatio: 0.8m, CdnIsOfTheCloud: false),
        ]);

        Assert.Equal(new EgressPool(Cloud: 210m, Cdn: 1500m), pool);
    }

    [Fact]
    public void Storage_grows_moves_to_the_cold_and_expires()
    {
        var storage = new StorageGrowth(Start: 100m, GrowthPerMonth: 10m, KeptMonths: 6, ColdAfterMonths: 2);

        Assert.Equal(new StorageMonth(100m, 0m, 0m, 0m), storage.In(0));
        Assert.Equal(new StorageMonth(20m, 100m, 100m, 0m), storage.In(2));
        Assert.Equal(new StorageMonth(20m, 40m, 10m, 100m), storage.In(6));
        Assert.Equal(60m, storage.In(30).Total);
        Assert.Equal(100m + (10m * 24), new StorageGrowth(100m, 10m).In(24).Total);
        Assert.Equal(10m * 60m / PriceUnit.DaysPerMonth, StorageGrowth.EarlyDeletion(10m, ageDays: 30m, minimumDays: 90));
        Assert.Equal(0m, StorageGrowth.EarlyDeletion(10m, ageDays: 100m, minimumDays: 90));
    }

    [Fact]
    public void Later_turns_read_more_until_the_window_is_full()
    {
        var conversation = new ConversationTokens(System: 1000m, Question: 50m, Answer: 150m, Window: 500m);

        Assert.Equal(new TokenUse(1050m, 0m, 150m), conversation.Of(1));
        // History before the turns: 0, 200, 400, then 500, the window.
        Assert.Equal(new TokenUse((4 * 1050m) + 200m + 400m + 500m, 0m, 600m), conversation.Of(4));
        Assert.Equal(new TokenUse(1050m + 50m + 600m, 600m, 300m), (conversation with { CachedShare = 0.5m }).Of(2));
        Assert.Equal(7, ConversationTokens.Turns(3.1m, 2m));
        Assert.Equal(1m, new TokenUse(5_000_000m, 5_000_000m, 0m).CostOf(Rate("1M tokens", 0.1m), null, Rate("1M tokens", 1m)));
        Assert.Equal(0.55m, new TokenUse(5_000_000m, 5_000_000m, 0m).CostOf(Rate("1M tokens", 0.1m), Rate("1M tokens", 0.01m), Rate("1M tokens", 1m)));
    }

    [Fact]
    public void A_plan_of_an_avatar_ends_at_its_credits_or_its_concurrency()
    {
        var free = Price("liveavatar-plan-free");

        Assert.Equal((0m, 0m), (AvatarCredits.CostOf(free, 10m, 1m).Cost, AvatarCredits.CostOf(free, 10m, 1m).Beyond));
        Assert.Null(AvatarCredits.CostOf(free, 11m, 1m).Cost);
        Assert.Null(AvatarCredits.CostOf(free, 10m, 1m).ConcurrencySuffices);
        var capped = Rate("month", 10m) with { Item = Item("liveavatar-plan-pro") with { Plan = new PlanAllowance(10m, "credit", 1m, Concurrency: 5) } };
        Assert.True(AvatarCredits.CostOf(capped, 1m, peakSessions: 5m).ConcurrencySuffices);
        Assert.False(AvatarCredits.CostOf(capped, 1m, peakSessions: 6m).ConcurrencySuffices);
        Assert.Throws<ArgumentException>(() => AvatarCredits.CostOf(Price("liveavatar-full"), 1m, 1m));
    }

    [Fact]
    public void A_commitment_saves_the_difference_and_shows_what_is_paid_upfront()
    {
        var onDemand = Rate("hour", 0.10m);
        var committed = Rate("month", 40m) with { Purchase = Purchase.OneYear, Upfront = 120m };

        Assert.Equal(new CommitmentSaving(Monthly: 80m, Upfront: 240m, Saving: 146m - 80m - 20m), CommitmentSaving.Of(onDemand, committed, count: 2));
    }

    [Fact]
    public void Intervals_add_ends_and_subtract_crosswise()
    {
        var left = new Interval(1m, 3m);
        var right = new Interval(2m, 5m);

        Assert.Equal(new Interval(3m, 8m), left + right);
        Assert.Equal(new Interval(-4m, 1m), left - right);
        Assert.Equal(new Interval(-6m, -2m), left * -2m);
        Assert.Throws<ArgumentException>(() => new Interval(2m, 1m));
    }

    [Fact]
    public void Money_rounds_once_halves_away_from_zero_to_the_currency()
    {
        Assert.Equal(0.13m, new Money(0.125m, "USD").Rounded().Amount);
        Assert.Equal(-0.13m, new Money(-0.125m, "USD").Rounded().Amount);
        Assert.Equal(13m, new Money(12.5m, "JPY").Rounded().Amount);
        Assert.Equal(1.01m, (new Money(0.335m, "EUR") * 3m).Rounded().Amount);
        Assert.Throws<InvalidOperationException>(() => new Money(1m, "USD") + new Money(1m, "EUR"));
    }

    [Fact]
    public void Sums_are_exchanged_at_the_rate_of_their_day()
    {
        var rates = new ExchangeRates(
        [
            new ExchangeRate("EUR", 1.10m, new DateOnly(2026, 1, 1), "a test", Evidence.Stated),
            new ExchangeRate("EUR", 1.20m, new DateOnly(2026, 7, 1), "a test", Evidence.Stated),
        ]);

        Assert.Equal(new Exchanged(new Money(11m, "USD"), new DateOnly(2026, 1, 1)), rates.Exchange(new Money(10m, "EUR"), "USD", new DateOnly(2026, 6, 30)));
        Assert.Equal(new Exchanged(new Money(12m, "USD"), new DateOnly(2026, 7, 1)), rates.Exchange(new Money(10m, "EUR"), "USD", Day));
        Assert.Equal(new Money(10m, "EUR"), rates.Exchange(new Money(12m, "USD"), "EUR", Day)?.Money);
        Assert.Equal(new Money(5m, "EUR"), rates.Exchange(new Money(5m, "EUR"), "EUR", Day)?.Money);
        Assert.Null(rates.Exchange(new Money(5m, "CHF"), "EUR", Day));
    }

    [Theory]
    [InlineData(UsageKind.TelephoneSeconds, 61, "twilio-voice-inbound", "2")]
    [InlineData(UsageKind.AvatarSeconds, 61, "liveavatar-full", "4")]
    [InlineData(UsageKind.AvatarSeconds, 1, "liveavatar-lite", "1")]
    [InlineData(UsageKind.AvatarSeconds, 0, "liveavatar-lite", "0")]
    [InlineData(UsageKind.HeardSeconds, 3, "aws-transcribe-streaming", "0.25")]
    [InlineData(UsageKind.HeardSeconds, 1800, "azure-speech-to-text", "0.5")]
    [InlineData(UsageKind.ModelCachedTokens, 1000, "openai-gpt-4o-mini-cached", "1000")]
    [InlineData(UsageKind.SpokenCharacters, 1000, "openai-tts-1", "1000")]
    [InlineData(UsageKind.Mails, 7, "aws-ses", "7")]
    [InlineData(UsageKind.Mails, 7, "openai-tts-1", null)]
    public void Usage_becomes_what_its_price_counts(UsageKind kind, int quantity, string item, string? units) =>
        Assert.Equal(units is null ? null : decimal.Parse(units, System.Globalization.CultureInfo.InvariantCulture), UsageQuantities.Of(kind, quantity, Item(item)));

    [Theory]
    [InlineData("hour", "resource", BillingPeriod.Hour, "1", "730")]
    [InlineData("GB-month", "GB", BillingPeriod.Month, "1", "1")]
    [InlineData("1M requests", "request", BillingPeriod.Use, "1000000", "1")]
    [InlineData("10K queries", "query", BillingPeriod.Use, "10000", "1")]
    [InlineData("audio-hour", "audio-hour", BillingPeriod.Use, "1", "1")]
    [InlineData("vCPU-second", "vCPU", BillingPeriod.Second, "1", "2628000")]
    public void Units_are_read(string text, string thing, BillingPeriod period, string multiplier, string perMonth)
    {
        var unit = PriceUnit.Parse(text);

        Assert.Equal((thing, period, multiplier, perMonth), (unit?.Thing, unit?.Period, $"{unit?.Multiplier:0}", $"{unit?.PeriodsPerMonth:0}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("parsec")]
    [InlineData("0 requests")]
    [InlineData("M requests")]
    [InlineData("1M requests-fortnight")]
    public void What_is_no_unit_is_not_guessed(string text) => Assert.Null(PriceUnit.Parse(text));

    private static PriceItem Item(string id) => ShippedPricesTests.Catalogue.ItemOn(id, Day)!; // a test that names an unknown item shall fail

    private static Price Price(string id) => ShippedPricesTests.Catalogue.Find(id, null, Purchase.OnDemand, Day).Price!; // as above

    private static Price Rate(string unit, decimal rate) => new(Item("openai-gpt-4o-mini-input"), "global", Purchase.OnDemand, PriceUnit.Parse(unit)!, new TieredRate(rate), 0m, IsEstimate: false); // the unit is known
}
