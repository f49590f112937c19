using System.Collections.Immutable;
using System.Globalization;
using Lectern.Costs.Yaml;

namespace Lectern.Costs.Prices;

/// <summary>A price file's own price in place of the catalogue's, with the place where it stands.</summary>
internal sealed record FileOverride(PriceOverride Change, bool IsConfirmed, YamlMap At, string File);

/// <summary>An item as a file states it.</summary>
internal sealed record FileItem(PriceItem Item, bool IsFree, bool IsConfirmed, YamlMap At, string File);

/// <summary>What one YAML file holds, read after the schema has accepted it. What a schema can't say (units, tiers) is checked here.</summary>
internal sealed class PriceFile
{
    private readonly string _file;
    private readonly List<YamlProblem> _problems;
    private readonly string? _provider;
    private readonly string _currency;

    private PriceFile(YamlMap root, string file, List<YamlProblem> problems)
    {
        _file = file;
        _problems = problems;
        _provider = root.Text("provider");
        _currency = root.Text("currency") ?? "USD";
        Regions = [.. (root.Map("regions")?.Entries ?? []).Select(Region)];
        Items = [.. root.Maps("items").Select(Item).OfType<FileItem>()];
        Overrides = [.. root.Maps("overrides").Select(Override).OfType<FileOverride>()];
        Rates = [.. root.Maps("exchangeRates").Select(Rate)];
    }

    public IReadOnlyList<PriceRegion> Regions { get; }

    public IReadOnlyList<FileItem> Items { get; }

    public IReadOnlyList<FileOverride> Overrides { get; }

    public IReadOnlyList<ExchangeRate> Rates { get; }

    /// <returns>Null when the file doesn't fit the schema.</returns>
    public static PriceFile? Read(string text, string file, YamlSchema schema, List<YamlProblem> problems) =>
        YamlValidator.Read(text, file, schema, problems) is { } root ? new PriceFile(root, file, problems) : null;

    /// <summary>2024, 2024-07 and 2024-07-15: the first day of the span that is meant.</summary>
    internal static DateOnly FirstDay(string text) => DateOnly.ParseExact((text + "-01-01")[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private PriceRegion Region(YamlEntry entry)
    {
        var region = (YamlMap)entry.Value; // the schema says so
        return new PriceRegion(_provider ?? "", entry.Key.Text, region.Text("name")!, region.Number("multiplier"), region.Text("source") ?? "", EvidenceOf(region)); // the schema requires the name
    }

    private FileItem? Item(YamlMap map)
    {
        if ((map.Text("provider") ?? _provider) is not { } provider)
        {
            Report(map, "\"provider\" is missing, here and at the top of the file.");
            return null;
        }
        if (Unit(map) is not { } unit || Prices(map) is not { Length: > 0 } prices)
            return null;
        var item = new PriceItem
        {
            Id = Required(map, "id"),
            Provider = provider,
            Kind = Required(map, "kind"),
            Service = Required(map, "service"),
            Meter = Required(map, "meter"),
            Unit = unit,
            Currency = map.Text("currency") ?? _currency,
            Prices = prices,
            Commitments = [.. map.Maps("commitments").Select(offer => Commitment(offer, unit)).OfType<Commitment>()],
            Free = map.Map("free") is { } free ? Free(free) : null,
            Block = map.Map("block") is { } block ? new UsageBlock(Quantity(block, "size"), Required(block, "of")) : null,
            MinimumPerUse = map.Number("minimumPerUse"),
            Floor = map.Number("floor"),
            Plan = map.Map("plan") is { } plan ? new PlanAllowance(Quantity(plan, "includes"), Required(plan, "of"), plan.Number("overage"), plan.Integer("concurrency")) : null,
            MinimumDays = map.Integer("minimumDays"),
            ValidFrom = Day(map, "validFrom"),
            ValidTo = Day(map, "validTo"),
            RetiredOn = Day(map, "retiredOn"),
            ClosedToNewOn = Day(map, "closedToNewOn"),
            Successor = map.Text("successor"),
            Source = Required(map, "source"),
            Checked = FirstDay(Required(map, "checked")),
            Evidence = EvidenceOf(map),
            Facts = (map.Map("facts")?.Entries ?? []).DistinctBy(fact => fact.Key.Text).ToDictionary(fact => fact.Key.Text, fact => ((YamlScalar)fact.Value).Number ?? 0m), // the schema says that they are numbers
            Note = map.Text("note"),
            Origin = string.Create(CultureInfo.InvariantCulture, $"{_file}:{map.Line}"),
        };
        return new FileItem(item, map.Flag("isFree"), map.Flag("confirmed"), map, _file);
    }

    private PriceUnit? Unit(YamlMap map)
    {
        var text = Required(map, "unit");
        if (PriceUnit.Parse(text) is { } unit)
            return unit;
        var thing = text.Split(' ')[^1];
        if (NearestWord.Of(thing, PriceUnit.Names) is { } near)
            Report(map["unit"]!, "\"{0}\" is no unit that is known. Did you mean \"{1}\"?", text, text[..^thing.Length] + near); // Required found it
        else
            Report(map["unit"]!, "\"{0}\" is no unit that is known. Units are written like hour, GB-month, 1M requests, 10K operations.", text); // as above
        return null;
    }

    private ImmutableArray<RegionPrice> Prices(YamlMap map) =>
        [.. map.Map("prices")!.Entries.Select(entry => TieredOf(entry.Value) is { } rate ? new RegionPrice(entry.Key.Text, rate) : null).OfType<RegionPrice>()]; // the schema requires prices

    private TieredRate? TieredOf(YamlNode node)
    {
        if (node is not YamlList list)
            return new TieredRate(((YamlScalar)node).Number!.Value); // the schema says that it is a number or a list
        var tiers = list.Items.Cast<YamlMap>().Select(tier => new PriceTier(tier["upTo"] is null ? null : Quantity(tier, "upTo"), tier.Number("price")!.Value)).ToImmutableArray(); // the schema requires the price
        for (var index = 0; index < tiers.Length; index++)
        {
            var isLast = index == tiers.Length - 1;
            if (tiers[index].UpTo is null != isLast)
            {
                Report(list.Items[index], isLast ? "The last tier is open: \"upTo\" doesn't belong there." : "\"upTo\" is missing: only the last tier is open.");
                return null;
            }
            if (!isLast && index > 0 && tiers[index].UpTo <= tiers[index - 1].UpTo)
            {
                Report(list.Items[index], "Tiers have to rise: {0} doesn't lie above {1}.", tiers[index].UpTo!, tiers[index - 1].UpTo!); // checked above
                return null;
            }
        }
        return new TieredRate(tiers);
    }

    private Commitment? Commitment(YamlMap map, PriceUnit unit)
    {
        if (map["unit"] is not null)
        {
            if (Unit(map) is not { } own)
                return null;
            unit = own;
        }
        var purchase = Required(map, "purchase") switch
        {
            "one-year" => Purchase.OneYear,
            "one-year-convertible" => Purchase.OneYearConvertible,
            "three-years" => Purchase.ThreeYears,
            _ => Purchase.Spot,
        };
        return new Commitment(purchase, Required(map, "region"), unit, new TieredRate(map.Number("price")!.Value), map.Number("upfront") ?? 0m); // the schema requires the price
    }

    private static FreeAllowance Free(YamlMap map) => new(
        Quantity(map, "amount"),
        map.Text("per") == "day" ? BillingPeriod.Day : BillingPeriod.Month,
        map.Text("scope") == "resource" ? FreeScope.Resource : FreeScope.Account,
        map.Text("pool"),
        map.Integer("expiresAfterMonths"),
        Day(map, "accountsBefore"));

    private FileOverride? Override(YamlMap map)
    {
        if (TieredOf(map["price"]!) is not { } rate) // the schema requires the price
            return null;
        var change = new PriceOverride(Required(map, "id"), map.Text("region"), rate, map.Text("currency"), Required(map, "source"), Day(map, "entered")!.Value); // and the day
        return new FileOverride(change, map.Flag("confirmed"), map, _file);
    }

    private static ExchangeRate Rate(YamlMap map) =>
        new(Required(map, "currency"), map.Number("dollars")!.Value, Day(map, "day")!.Value, Required(map, "source"), EvidenceOf(map)); // the schema requires them

    private static Evidence EvidenceOf(YamlMap map) => map.Text("evidence") switch
    {
        "source" => Evidence.Source,
        "secondary" => Evidence.Secondary,
        "stated" => Evidence.Stated,
        _ => Evidence.Unverified,
    };

    private static string Required(YamlMap map, string key) => map.Text(key)!; // the schema requires it

    private static decimal Quantity(YamlMap map, string key) => Quantities.Parse(Required(map, key)) ?? map.Number(key)!.Value; // the schema's pattern admits nothing else

    private static DateOnly? Day(YamlMap map, string key) => map.Text(key) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private void Report(YamlNode at, string text, params object[] arguments) => _problems.Add(new YamlProblem(_file, at.Line, at.Column, text, arguments));
}
