using Lectern.Costs.Planning;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Pages;
using Lectern.Costs.Prices.Billing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Lectern.Tests.Costs.Planning;

/// <summary>What the page makes of its address, and its drawings.</summary>
public sealed class PlanPageTests
{
    private static readonly PlanField Students = PlanField.All[0];

    [Fact]
    public void An_empty_address_has_a_plan_already()
    {
        var state = State("");

        Assert.False(state.HasSliders);
        Assert.Equal("600", state.NumberOf(Students));
        Assert.NotNull(PlanReader.Read(state.Yaml(PlanWorld.Today), "", Lectern.Tests.Costs.Prices.ShippedPricesTests.Catalogue, PlanWorld.Today).Plan);
    }

    [Fact]
    public void A_moved_slider_wins_over_a_number_that_stands_still()
    {
        var shown = State("").ShownNumbers;

        Assert.Equal("1000", State($"?students=600&at-students=40&shown={shown}").NumberOf(Students)); // 10 × 10^(40/20)
        Assert.Equal("700", State($"?students=700&at-students={PlanField.Write(Students.SliderOf(600))}&shown={shown}").NumberOf(Students));
        Assert.Equal("700", State($"?students=700&at-students=40&shown={shown}").NumberOf(Students));
        Assert.Equal("600", State($"?students=600&at-students={PlanField.Write(Students.SliderOf(600))}&shown={shown}").NumberOf(Students));
    }

    [Fact]
    public void The_address_says_everything_and_comes_back_the_same()
    {
        var state = State("?students=1234&spoken=80&cloud=gcp&profile=cluster&purchase=reserved-3-years&model=openai-gpt-5-mini");

        Assert.Equal(state.Query(), State(state.Query()).Query());
        Assert.Contains("students=1234", state.Query(), StringComparison.Ordinal);
        Assert.Equal((Cloud.Gcp, ProfileKind.Cluster), (state.Cloud, state.Profile));
    }

    [Fact]
    public void Who_pays_and_what_staff_costs_make_the_break_even_price()
    {
        var plan = PlanOfPage.Reckon(State("?students=1000&paying=50&staff=4000"), Lectern.Tests.Costs.Prices.ShippedPricesTests.Catalogue, PlanWorld.Today, []);

        Assert.Empty(plan.Problems);
        var (even, total) = (plan.Result!.Units.BreakEven, plan.Result.Shown.Last.Total); // no problems: it was reckoned
        Assert.Equal((total.High + 4000) / 500, even!.Value.High, 6); // half of the students pay
        Assert.DoesNotContain(plan.Result.Warnings, warning => warning.Kind == "staff");
    }

    [Fact]
    public void What_is_cached_lessens_the_low_end_and_adds_nothing_to_the_high_one()
    {
        var lines = PlanOfPage.Reckon(State("?spoken=0&model=openai-gpt-4o-mini"), Lectern.Tests.Costs.Prices.ShippedPricesTests.Catalogue, PlanWorld.Today, []).Result!.Shown.Last; // the page's own plan
        var teacher = lines.Lines.Where(line => line.Category == Lectern.Costs.Planning.Bills.BillCategories.Teacher).ToList();
        var saving = Assert.Single(teacher, line => line.Role == LineRole.Saving);

        Assert.Equal(0, saving.Monthly.Low);
        Assert.True(saving.Monthly.High > 0);
        var subtotal = lines.Subtotals.Single(subtotal => subtotal.Category == Lectern.Costs.Planning.Bills.BillCategories.Teacher).Monthly;
        Assert.Equal(teacher.Sum(line => line.Counted.High), subtotal.High);
        Assert.Equal(teacher.Sum(line => line.Counted.Low) - saving.Monthly.High, subtotal.Low);
    }

    [Theory]
    [InlineData("?staff=-5")]
    [InlineData("?students=-5")]
    [InlineData("?students=1e99")]
    [InlineData("?students=many")]
    [InlineData("?students=5%0Abudget:%201%20USD")]
    [InlineData("?model=%22%0A%20%20mail:%20x")]
    [InlineData("?students=%5B1,2%5D%7D")]
    public void What_somebody_writes_into_the_address_is_refused_and_not_obeyed(string query)
    {
        var reading = PlanReader.Read(State(query).Yaml(PlanWorld.Today), "", Lectern.Tests.Costs.Prices.ShippedPricesTests.Catalogue, PlanWorld.Today);

        Assert.Null(reading.Plan);
        Assert.Single(reading.Problems);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(600)]
    [InlineData(1_000_000)]
    [InlineData(10_000_000)]
    public void A_logarithmic_slider_stands_near_its_number(int students) =>
        Assert.InRange(Students.NumberAt(Students.SliderOf(students)) / students, 0.93m, 1.07m);

    [Fact]
    public void The_drawing_of_scale_lies_in_its_field()
    {
        ScalePoint[] scale = [new(10, new Interval(5, 9)), new(600, new Interval(0.4m, 0.6m)), new(100_000, new Interval(0.05m, 0.07m))];

        var data = ScaleChartData.Of(scale, 600);

        Assert.NotNull(data);
        Assert.All(data.Points, point => Assert.True(point.X is >= ScaleChartData.Left and <= ScaleChartData.Right && point.Y is >= ScaleChartData.Top and <= ScaleChartData.Bottom));
        Assert.Equal(data.Points[1], data.Here);
        Assert.True(data.Points[0].Y < data.Points[2].Y); // dearer is higher
        Assert.Null(ScaleChartData.Of([new(10, default)], 10));
    }

    [Fact]
    public void Bars_hold_every_category_once_and_end_where_the_total_is()
    {
        var result = PlanWorld.Reckon(PlanWorld.Plan);

        var data = PlanChartData.Of(result.Clouds, cloud => "AWS", cloud => "45");

        Assert.Equal(100m, Assert.Single(data.Bars).High);
        Assert.InRange(data.Bars[0].Parts.Sum(part => part.Length), 99.9m, 100.1m);
        Assert.Equal(data.Bars[0].Parts.Count, data.Bars[0].Parts.Select(part => part.Series).Distinct().Count());
    }

    private static PlanPageState State(string query) => PlanPageState.Of(new QueryCollection(QueryHelpers.ParseQuery(query)));
}
