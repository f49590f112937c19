using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Bills;

/// <summary>Gathers what a month uses, and prices it when all is known: free allowances belong to the account, not to a line.</summary>
internal sealed class BillBuilder(Pricing pricing)
{
    private static readonly PlanWriter T = PlanWriter.T;

    private readonly List<Use> _uses = [];
    private readonly List<BillLine> _others = [];
    private readonly List<PlanWarning> _warnings = [];
    private readonly HashSet<string> _once = [];

    public Pricing Pricing { get; } = pricing;

    /// <summary>Gigabytes to the internet that the servers of the bill include.</summary>
    public Interval IncludedTrafficGb => _uses.Where(use => use.Price.Item.Kind == PriceKinds.Server).Aggregate(Interval.Zero, (sum, use) => sum + use.Quantity * (use.Price.Item.Fact("includedTrafficGb") ?? 0));

    /// <summary>Adds what is used of an item.</summary>
    /// <param name="quantity">Single units where it is charged by use (1,000,000 requests); how many are kept where it is charged by time (2 servers, 50 GB).</param>
    /// <returns>Whether there is a price; where there is none, a warning says so.</returns>
    public bool Add(string category, string priceId, Interval quantity, PlanText specification, LineRole role = LineRole.Additive, string? instead = null, bool mayCommit = false)
    {
        switch (Pricing.Find(priceId, mayCommit))
        {
            case PriceAnswer.Found(var price):
                if (!quantity.IsZero)
                    _uses.Add(new Use(category, price, quantity, specification, role, instead));
                return true;
            case PriceAnswer.Missing { Gap: PriceGap.Retired, Successor: { } successor } missing when successor != priceId:
                Warn("retired", T["{what} It is reckoned with {successor} instead.", ("what", missing.Explanation), ("successor", successor)]);
                return Add(category, successor, quantity, specification, role, instead, mayCommit);
            case PriceAnswer.Missing { Gap: PriceGap.Retired } missing:
                Warn("retired", T["{what} It is not in the bill.", ("what", missing.Explanation)]);
                return false;
            case PriceAnswer.Missing missing:
                Warn("no-price", T["{what} It is not in the bill.", ("what", missing.Explanation)]);
                return false;
            default:
                return false;
        }
    }

    /// <summary>Adds the cheapest item of the cloud for a purpose.</summary>
    public bool AddKind(string category, string kind, Interval quantity, PlanText specification, LineRole role = LineRole.Additive, Func<PriceItem, bool>? where = null)
    {
        var items = Pricing.OfKind(kind);
        if (items.FirstOrDefault(item => where is null || where(item)) is { } item)
            return Add(category, item.Id, quantity, specification, role);
        Warn("no-price", T["No price for \"{kind}\" is known at {provider}. It is not in the bill.", ("kind", kind), ("provider", Pricing.Provider)]);
        return false;
    }

    /// <summary>Whether this is asked for the first time: for what a bill holds once, however many need it.</summary>
    public bool IsFirst(string what) => _once.Add(what);

    /// <summary>Adds a line that was reckoned elsewhere.</summary>
    public void Add(BillLine line) => _others.Add(line);

    public void Warn(string kind, PlanText text)
    {
        if (_warnings.Count == 0 || (text.ToString() is var told && _warnings.TrueForAll(known => known.Text.ToString() != told)))
            _warnings.Add(new PlanWarning(kind, text));
    }

    /// <summary>Prices everything that was added so far.</summary>
    public List<BillLine> Lines()
    {
        var low = FreeAllowances.Apply(_uses.Select(use => new MonthlyUse(use.Price.Item, use.Single.Low)), Pricing.Opened, Pricing.Month);
        var high = FreeAllowances.Apply(_uses.Select(use => new MonthlyUse(use.Price.Item, use.Single.High)), Pricing.Opened, Pricing.Month);
        var lines = new List<BillLine>(_uses.Count + _others.Count);
        for (var index = 0; index < _uses.Count; index++)
            lines.Add(Line(_uses[index], low[index], high[index]));
        lines.AddRange(_others);
        return lines;
    }

    public Bill Finish(int month) => new(Pricing.Cloud, month, [.. Lines().OrderBy(line => BillCategories.Order(line.Category))], _warnings);

    private BillLine Line(Use use, BillableUse low, BillableUse high)
    {
        var (price, unit) = (use.Price, use.Price.Unit);
        var cost = new Interval(price.CostOf(low.Quantity), price.CostOf(high.Quantity));
        var rate = Pricing.Dollars(1m, price.Currency);
        if (rate is null)
            Warn("no-rate", T["There is no rate of exchange for {currency}: {service} is counted as if it were dollars.", ("currency", price.Currency), ("service", price.Item.Service)]);
        var dollars = rate?.Money.Amount ?? 1m;
        var isKept = unit.Period != BillingPeriod.Use;
        return new BillLine
        {
            Category = use.Category,
            Service = price.Item.Service,
            Meter = price.Item.Meter,
            Specification = use.Specification,
            Quantity = isKept ? use.Quantity : use.Quantity * (1 / unit.Multiplier),
            Unit = !isKept ? unit.Text : unit.Thing == "resource" ? "" : unit.Thing,
            IsByMonth = isKept,
            UnitPrice = price.UnitPrice * dollars * (isKept ? unit.PeriodsPerMonth / unit.Multiplier : 1),
            Monthly = cost * dollars,
            Role = use.Role,
            For = use.Instead,
            PriceId = price.Item.Id,
            Evidence = price.Item.Evidence,
            Checked = price.Item.Checked,
            IsEstimate = price.IsEstimate,
            Note = Note(use, low, high, price, rate),
        };
    }

    private static PlanText? Note(Use use, BillableUse low, BillableUse billable, Price price, Exchanged? rate)
    {
        if (billable.Free > 0)
            return T["{amount} of it are free", ("amount", Free(billable.Free, price.Unit))];
        if (low.Free > 0)
            return T["{amount} of it are free at the low end", ("amount", Free(low.Free, price.Unit))];
        if (!price.Rate.IsFlat && use.Single.High > price.Rate.Tiers[0].UpTo)
            return T["Further steps of the price are cheaper"];
        return price.Currency != "USD" && rate is not null ? T["{currency} at the rate of {day}", ("currency", price.Currency), ("day", rate.RateOf)] : null;
    }

    private static string Free(decimal free, PriceUnit unit)
    {
        var amount = (free / unit.PeriodsPerMonth).ToString(free >= 100 ? "#,0" : "0.##", System.Globalization.CultureInfo.InvariantCulture);
        return unit.Thing == "resource" ? amount : $"{amount} {unit.Thing}{(char.IsUpper(unit.Thing[^1]) ? "" : "s")}";
    }

    private sealed record Use(string Category, Price Price, Interval Quantity, PlanText Specification, LineRole Role, string? Instead)
    {
        /// <summary>In single units of a month: server-hours, gigabyte-months, requests.</summary>
        public Interval Single { get; } = Quantity * Price.Unit.PeriodsPerMonth;
    }
}
