using Lectern.Costs.Prices;
using Lectern.Costs.Yaml;

namespace Lectern.Tests.Costs.Prices;

public sealed class ShippedPricesTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    internal static PriceCatalogue Catalogue { get; } = PriceFiles.Load(PriceFiles.Shipped, []);

    [Fact]
    public void The_files_that_ship_have_no_problem()
    {
        var problems = new List<YamlProblem>();

        PriceFiles.Load(PriceFiles.Shipped, [], problems);

        Assert.Empty(problems);
        Assert.Equal(["avatar.yaml", "aws.yaml", "azure.yaml", "currencies.yaml", "databases.yaml", "gcp.yaml", "mail.yaml", "models.yaml", "server.yaml", "speech.yaml", "telephony.yaml"], PriceFiles.Shipped.Select(file => file.File));
        Assert.True(Catalogue.Items.Count > 400);
    }

    [Theory]
    [InlineData("aws")]
    [InlineData("azure")]
    [InlineData("gcp")]
    public void Every_cloud_has_what_a_plan_of_any_profile_needs(string provider)
    {
        string[] needed =
        [
            PriceKinds.Server, PriceKinds.Postgres, PriceKinds.PostgresStorage, PriceKinds.PostgresBackup, PriceKinds.BlockStorage, PriceKinds.ObjectStorage, PriceKinds.ColdStorage, PriceKinds.StorageWrites,
            PriceKinds.StorageReads, PriceKinds.Backup, PriceKinds.LoadBalancer, PriceKinds.LoadBalancerUnits, PriceKinds.Egress, PriceKinds.CrossZone, PriceKinds.PublicIp, PriceKinds.Nat,
            PriceKinds.NatData, PriceKinds.DnsZone, PriceKinds.DnsQueries, PriceKinds.Logs, PriceKinds.Kubernetes, PriceKinds.Cdn, PriceKinds.Secrets, PriceKinds.Registry, PriceKinds.Support,
        ];

        Assert.All(needed, kind => Assert.NotEmpty(Catalogue.OfKind(provider, kind, Today)));
        Assert.All(Catalogue.OfKind(provider, PriceKinds.Server, Today).Concat(Catalogue.OfKind(provider, PriceKinds.Postgres, Today)), item => Assert.True(item.Fact("vcpu") > 0 && item.Fact("memoryGb") > 0, item.Id));
    }

    [Fact]
    public void Plain_servers_have_what_a_small_plan_needs()
    {
        Assert.All(new[] { PriceKinds.Server, PriceKinds.BlockStorage, PriceKinds.ObjectStorage, PriceKinds.LoadBalancer, PriceKinds.Egress, PriceKinds.PublicIp, PriceKinds.BackupShare, PriceKinds.DnsZone },
            kind => Assert.All(new[] { "hetzner", "digitalocean" }, provider => Assert.NotEmpty(Catalogue.OfKind(provider, kind, Today))));
        Assert.NotEmpty(Catalogue.OfKind("digitalocean", PriceKinds.Postgres, Today));
    }

    [Fact]
    public void The_schema_names_the_same_kinds_as_the_program() =>
        Assert.Equal(PriceKinds.All.Order(StringComparer.Ordinal), YamlSchema.Load(PriceFiles.SchemaText).Properties["items"].Items!.Resolved.Properties["kind"].Enum.Order(StringComparer.Ordinal)); // the schema has them

    [Fact]
    public void A_retired_service_is_refused_with_its_successor()
    {
        var missing = Assert.IsType<PriceAnswer.Missing>(Catalogue.Find("heygen-interactive-pro", null, Purchase.OnDemand, Today));

        Assert.Equal(PriceGap.Retired, missing.Gap);
        Assert.Equal("liveavatar-full", missing.Successor);
        Assert.NotNull(Catalogue.Find("heygen-interactive-pro", null, Purchase.OnDemand, new DateOnly(2026, 3, 30)).Price);
    }

    [Theory]
    [InlineData("2026-08-31", 2)]
    [InlineData("2026-09-01", 3)]
    public void A_price_that_changed_is_the_one_of_the_day(string day, int price) =>
        Assert.Equal(price, Catalogue.Find("bedrock-claude-sonnet-5-input", null, Purchase.OnDemand, DateOnly.ParseExact(day, "yyyy-MM-dd", null)).Price?.UnitPrice);

    [Fact]
    public void A_commitment_replaces_the_price_on_demand()
    {
        var committed = Catalogue.Find("aws-ec2-t3-medium", "us-east-1", Purchase.OneYear, Today).Price;

        Assert.Equal(Purchase.OneYear, committed?.Purchase);
        Assert.Equal(19.05m, committed?.MonthlyCostOf(1));
        Assert.Equal(Purchase.OnDemand, Catalogue.Find("aws-ec2-t3-large", "us-east-1", Purchase.OneYear, Today).Price?.Purchase);
    }

    [Fact]
    public void A_region_without_a_price_is_estimated_by_its_multiplier_or_missing()
    {
        var known = Catalogue.Find("aws-egress", "ap-south-1", Purchase.OnDemand, Today).Price;
        var estimated = Catalogue.Find("aws-ec2-t3-medium", "eu-central-1", Purchase.OnDemand, Today).Price;

        Assert.False(known?.IsEstimate);
        Assert.Equal(0.1093m, known?.UnitPrice);
        Assert.True(estimated?.IsEstimate);
        Assert.Equal(0.0416m * 1.154m, estimated?.UnitPrice);
        Assert.Equal(PriceGap.NotInRegion, Assert.IsType<PriceAnswer.Missing>(Catalogue.Find("aws-ec2-t3-medium", "il-central-1", Purchase.OnDemand, Today)).Gap);
        Assert.Equal(PriceGap.NotInRegion, Assert.IsType<PriceAnswer.Missing>(Catalogue.Find("aws-ec2-t3-medium", "mars-north-1", Purchase.OnDemand, Today)).Gap);
        Assert.Equal(PriceGap.UnknownItem, Assert.IsType<PriceAnswer.Missing>(Catalogue.Find("aws-ec2-t9", null, Purchase.OnDemand, Today)).Gap);
    }

    [Fact]
    public void A_price_of_ones_own_lies_on_top_of_the_catalogue_and_leaves_it_as_it_was()
    {
        var own = Catalogue.With(
        [
            new PriceOverride("aws-ec2-t3-medium", "us-east-1", new TieredRate(0.03m), null, "contract of March 2026", Today),
            new PriceOverride("openai-gpt-4o-mini-input", null, new TieredRate(0.12m), "EUR", "reseller", Today),
        ]);

        var server = own.Find("aws-ec2-t3-medium", "us-east-1", Purchase.OneYear, Today).Price;
        Assert.Equal((0.03m, Purchase.OnDemand, Evidence.Stated), (server?.UnitPrice, server?.Purchase, server?.Item.Evidence));
        Assert.Equal((0.12m, "EUR"), (own.Find("openai-gpt-4o-mini-input", "anywhere", Purchase.OnDemand, Today).Price?.UnitPrice, own.Find("openai-gpt-4o-mini-input", null, Purchase.OnDemand, Today).Price?.Currency));
        Assert.Equal(0.0416m, Catalogue.Find("aws-ec2-t3-medium", "us-east-1", Purchase.OnDemand, Today).Price?.UnitPrice);
    }
}
