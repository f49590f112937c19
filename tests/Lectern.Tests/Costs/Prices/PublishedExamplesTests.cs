using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Tests.Costs.Prices;

/// <summary>The providers' examples and the test values of the price reference: they come out to the cent, from the catalogue's own prices.</summary>
public sealed class PublishedExamplesTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Theory]
    [InlineData("0.5", "4.37", "0.00")]
    [InlineData("30", "250.20", "243.33")]
    public void A_million_calls_of_a_function_with_half_a_gigabyte(string seconds, string listed, string afterFree)
    {
        var compute = FunctionUse.GigabyteSeconds(1_000_000m, Number(seconds) * 1000m, 0.5m);

        Assert.Equal(Number(listed), Round(Price("aws-lambda-x86").CostOf(compute) + Price("aws-lambda-requests").CostOf(1_000_000m)));
        Assert.Equal(Number(afterFree), Round(Billed(("aws-lambda-x86", compute), ("aws-lambda-requests", 1_000_000m))));
    }

    [Fact]
    public void WebSockets_of_30_000_minutes_with_500_000_messages()
    {
        var minutes = FunctionUse.ConnectionMinutes(sessions: 1000, minutes: 30);
        var messages = Blocks.Count(Item("aws-api-websocket-messages"), 500_000m, 3m);

        Assert.Equal(0.5075m, Price("aws-api-websocket-minutes").CostOf(minutes) + Price("aws-api-websocket-messages").CostOf(messages));
    }

    [Fact]
    public void Aurora_with_half_a_unit_all_month_and_with_a_pause()
    {
        var acu = Price("aws-aurora-acu");

        Assert.Equal(43.80m, acu.CostOf(AuroraCapacity.AcuHours(activeHours: 730, need: 0.5m, minimum: 0.5m)));
        Assert.Equal(12.00m, acu.CostOf(AuroraCapacity.AcuHours(activeHours: 200, need: 0.5m, minimum: 0m)));
        Assert.Equal(12.00m, acu.CostOf(AuroraCapacity.AcuHours(Enumerable.Repeat(0.3m, 200).Concat(Enumerable.Repeat(0m, 530)), minimum: 0m)));
        Assert.Equal(43.80m, acu.CostOf(AuroraCapacity.AcuHours(Enumerable.Repeat(0m, 730), minimum: 0.5m)));
    }

    [Fact]
    public void Cosmos_with_a_thousand_request_units_and_100_GB() =>
        Assert.Equal(83.40m, Price("azure-cosmos-ru", "westus").CostOf(1000m) + Price("azure-cosmos-storage", "westus").CostOf(100m));

    [Fact]
    public void CloudFront_within_and_above_what_is_free()
    {
        Assert.Equal(0m, Billed(("aws-cloudfront", 1024m), ("aws-cloudfront-https", 5_000_000m)));
        Assert.Equal(87.04m, Billed(("aws-cloudfront", 2048m)));
    }

    [Fact]
    public void Egress_of_1_200_GB_in_one_account_is_one_sum()
    {
        Assert.Equal(99.00m, Billed(("aws-egress", 1200m)));
        Assert.Equal(99.00m, Billed(("aws-egress", 700m), ("aws-egress", 500m)));
    }

    [Fact]
    public void A_zone_with_ten_million_queries() => Assert.Equal(4.50m, Price("aws-route53-zone").MonthlyCostOf(1) + Price("aws-route53-queries").CostOf(10_000_000m));

    [Fact]
    public void A_burstable_server_busy_all_month()
    {
        var server = Item("aws-ec2-t3-medium");
        var burst = ComputeHours.BurstVcpuHours(load: 1m, server.Fact("baselineCpu") ?? 0m, server.Fact("vcpu") ?? 0m);

        Assert.Equal(58.40m, Price("aws-ec2-cpu-credits").CostOf(burst));
        Assert.Equal(88.77m, Round(Price("aws-ec2-t3-medium").CostOf(ComputeHours.Hours(1)) + Price("aws-ec2-cpu-credits").CostOf(burst)));
        Assert.Equal(0m, ComputeHours.BurstVcpuHours(load: 0.1m, baseline: 0.2m, vcpu: 2m));
    }

    [Fact]
    public void A_balancer_counts_its_largest_dimension()
    {
        Assert.Equal(0.03m, Round(LoadBalancerUnits.Lcu(newConnectionsPerSecond: 0, activeConnections: 80, gigabytesPerHour: 0, ruleEvaluationsPerSecond: 0)));
        // aws.amazon.com/elasticloadbalancing/pricing, example 1: one new connection a second for two minutes, 1.08 GB an hour.
        Assert.Equal(1.08m, LoadBalancerUnits.Lcu(newConnectionsPerSecond: 1, activeConnections: 120, gigabytesPerHour: 1.08m, ruleEvaluationsPerSecond: 250));
        // learn.microsoft.com/azure/application-gateway/understanding-pricing: 88.8 Mbit/s are 40 capacity units.
        Assert.Equal(40m, LoadBalancerUnits.CapacityUnits(connections: 1000, megabitsPerSecond: 88.8m, computeUnits: 1));
    }

    [Fact]
    public void Three_containers_of_one_processor_and_two_gigabytes() =>
        Assert.Equal(108.12m, (Price("aws-fargate-cpu").MonthlyCostOf(1) + Price("aws-fargate-memory").MonthlyCostOf(2)) * 3);

    [Theory]
    [InlineData("aws-cognito-essentials", 600)]
    [InlineData("aws-cognito-lite", 220)]
    public void People_who_sign_in(string id, int cost) => Assert.Equal(cost, Billed((id, 50_000m)));

    [Fact]
    public void Fifty_terabytes_of_blobs() => Assert.Equal(1064.96m, Price("azure-blob-hot", "westus").MonthlyCostOf(51_200m));

    [Fact]
    public void A_cache_of_three_shards_with_two_nodes_each() =>
        Assert.Equal(4857.42m, Price("azure-redis-premium-p3", "eastus").MonthlyCostOf(3 * (Item("azure-redis-premium-p3").Fact("nodesPerShard") ?? 0)));

    [Theory]
    [InlineData("openai-gpt-4o-mini", "8.91")]
    [InlineData("bedrock-claude-haiku-4.5", "63.00")]
    public void Tokens_of_15_000_minutes(string model, string cost)
    {
        var tokens = new ConversationTokens(System: 1200m, Question: 300m, Answer: 120m, Window: 0m).Of(ConversationTokens.Turns(15_000m, 2m));

        Assert.Equal(new TokenUse(45_000_000m, 0m, 3_600_000m), tokens);
        Assert.Equal(Number(cost), tokens.CostOf(Price($"{model}-input"), Price($"{model}-cached"), Price($"{model}-output")));
    }

    [Theory]
    [InlineData("openai-gpt-4o-mini", "26.25")]
    [InlineData("openai-gpt-5.4", "562.50")]
    public void A_hundred_million_tokens_at_three_to_one(string model, string cost) =>
        Assert.Equal(Number(cost), new TokenUse(75_000_000m, 0m, 25_000_000m).CostOf(Price($"{model}-input"), null, Price($"{model}-output")));

    [Fact]
    public void Calls_of_three_minutes_with_a_relay_and_a_number()
    {
        var minutes = TelephoneCalls.StartedMinutes(calls: 1500, seconds: 180);
        var inbound = Price("twilio-voice-inbound").CostOf(minutes);
        var relay = Price("twilio-conversation-relay").CostOf(minutes);

        Assert.Equal((38.25m, 315.00m, 354.40m), (inbound, relay, inbound + relay + Price("twilio-number").MonthlyCostOf(1)));
    }

    [Theory]
    [InlineData("liveavatar-full", 30_000, 2975)]
    [InlineData("liveavatar-lite", 15_000, 1475)]
    public void An_avatar_of_15_000_minutes(string mode, int credits, int cost)
    {
        var needed = AvatarCredits.Needed(sessions: 1000, minutes: 15, Item(mode).Fact("creditsPerMinute") ?? 0);

        Assert.Equal(credits, needed);
        Assert.Equal(cost, AvatarCredits.CostOf(Price("liveavatar-plan-scale"), needed, peakSessions: 10).Cost);
    }

    [Fact]
    public void A_unit_of_connections_costs_its_day()
    {
        Assert.Equal(48.97m, Round(Price("azure-signalr-standard", "westeurope").CostOf(UnitDays.Count(peak: 1000, size: 1000))));
        Assert.Equal(2 * 1.61m * 30, Price("azure-signalr-standard", "westeurope").CostOf(UnitDays.Count(peak: 1001, size: 1000, days: 30)));
    }

    [Theory]
    [InlineData(500, 100)]
    [InlineData(10_000, 1000)]
    [InlineData(85_000, 6150)]
    [InlineData(300_000, 15900)]
    public void Support_costs_a_share_by_bands_and_never_less_than_its_floor(int spending, int cost)
    {
        Assert.Equal(cost, Price("aws-support-business").CostOf(spending));
        Assert.Equal(cost, SupportPlan.Cost(Price("aws-support-business").Rate, 100m, spending));
    }

    private static PriceItem Item(string id) => ShippedPricesTests.Catalogue.ItemOn(id, Today)!; // a test that names an unknown item shall fail

    private static Price Price(string id, string region = "us-east-1") =>
        ShippedPricesTests.Catalogue.Find(id, region, Purchase.OnDemand, Today).Price ?? throw new InvalidOperationException($"{id} has no price in {region}.");

    private static decimal Billed(params (string Id, decimal Quantity)[] uses)
    {
        var billable = FreeAllowances.Apply(uses.Select(use => new MonthlyUse(Item(use.Id), use.Quantity)), opened: new DateOnly(2026, 1, 1), month: new DateOnly(2026, 11, 1));
        return billable.GroupBy(use => use.Item.Id).Sum(use => Price(use.Key).CostOf(use.Sum(line => line.Quantity)));
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static decimal Round(decimal amount) => Money.Round(amount, "USD");
}
