using Lectern.Costs;
using Lectern.Costs.Dashboard;
using Lectern.Costs.Metering;
using Lectern.Costs.Planning.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using static Lectern.Tests.Costs.Prices.ShippedPricesTests;

namespace Lectern.Tests.Costs.Planning;

/// <summary>A plan that is taken over as what a month is expected to cost.</summary>
public sealed class PlannedSpendingTests
{
    [Fact]
    public void Every_category_that_is_metered_comes_over_and_nothing_else()
    {
        var result = Reckon("?spoken=50&avatar=10&calls-per-day=20");

        var spending = PlannedSpending.Of(result, Catalogue);

        Assert.Equal([CostCategory.Model, CostCategory.Voice, CostCategory.Hearing, CostCategory.Avatar, CostCategory.Telephone, CostCategory.Mail], spending.Keys.Order());
        var metered = result.Shown.Last.Subtotals.Where(subtotal => subtotal.Category is "Teacher" or "Avatar" or "Telephone" or "Mail").Sum(subtotal => subtotal.Monthly.Middle);
        Assert.Equal(metered, spending.Values.Sum(), 6);
    }

    [Fact]
    public void What_a_plan_does_not_use_is_left_out()
    {
        var spending = PlannedSpending.Of(Reckon("?spoken=0&mails=0"), Catalogue);

        Assert.Equal([CostCategory.Model], spending.Keys);
    }

    [Fact]
    public void Figures_are_exchanged_and_rounded_to_the_currencys_cents()
    {
        var exchange = new Exchange(new FixedRates(), Options.Create(new CostsOptions { Currency = "EUR" }));
        var spending = new Dictionary<CostCategory, decimal> { [CostCategory.Model] = 10.017m };

        Assert.Equal(8.01m, spending.In("EUR", exchange)!["Model"]); // there is a rate, so there is an answer
        Assert.Equal(10.02m, spending.In("USD", exchange)!["Model"]);
        Assert.Null(spending.In("CHF", exchange));
    }

    [Fact]
    public void They_stand_in_the_form_as_they_are_saved()
    {
        var input = ExpectedInput.Of(PlannedSpending.Of(Reckon("?spoken=0"), Catalogue).In("USD", new Exchange(new FixedRates(), Options.Create(new CostsOptions())))!); // dollars need no rate

        Assert.True(input.Model > 0);
        Assert.Null(input.Voice);
        Assert.Equal(["Mail", "Model"], input.ToMonthly().Keys.Order());
    }

    private static Lectern.Costs.Planning.PlanResult Reckon(string query)
    {
        var plan = PlanOfPage.Reckon(PlanPageState.Of(new QueryCollection(QueryHelpers.ParseQuery(query))), Catalogue, PlanWorld.Today, []);
        Assert.NotNull(plan.Result);
        return plan.Result;
    }
}
