using Lectern.Costs.Budgets;
using Lectern.Platform.Localization;
using Lectern.Ui.Forms;

namespace Lectern.Tests.Costs.Budgets;

/// <summary>What is entered for a budget is read, or said to be wrong at its field.</summary>
public sealed class BudgetInputTests
{
    private static readonly Texts English = new TextLibrary([], TimeProvider.System, withPseudo: false).For("en", school: null);

    public static TheoryData<string?, string, int[]> Readable => new()
    {
        { "500", "50, 80, 100, 120", [50, 80, 100, 120] }, { "0.01", "100", [100] }, { "1500", "50;80 % 100%", [50, 80, 100] }, { "50", "", [] }, { "100000000", "1000", [1_000] },
    };

    [Theory, MemberData(nameof(Readable))]
    public void Sums_and_percentages_are_read(string? amount, string alarms, int[] percents)
    {
        var terms = Check(new BudgetInput { Amount = Number(amount), Alarms = alarms }, out var errors);

        Assert.True(errors.IsEmpty);
        Assert.Equal(percents, terms!.Alarms); // nothing was wrong
    }

    [Theory]
    [InlineData("0", "50", null, null)]
    [InlineData("-5", "50", null, null)]
    [InlineData("0.0000001", "50", null, null)]
    [InlineData("100000001", "50", null, null)]
    [InlineData(null, "50", null, null)]
    [InlineData("5", "0", null, null)]
    [InlineData("5", "-50", null, null)]
    [InlineData("5", "1001", null, null)]
    [InlineData("5", "half", null, null)]
    [InlineData("5", "50.5", null, null)]
    [InlineData("5", "1,2,3,4,5,6,7,8,9,10,11", null, null)]
    [InlineData("5", "50", 95, 90)]
    public void Nonsense_is_named(string? amount, string alarms, int? voiceOff, int? typedOnly)
    {
        var input = new BudgetInput { Amount = Number(amount), Alarms = alarms };
        if (voiceOff is not null)
            (input.VoiceOff, input.TypedOnly) = (voiceOff, typedOnly);

        Assert.Null(Check(input, out var errors));
        Assert.False(errors.IsEmpty);
    }

    [Theory]
    [InlineData(500, "month", "USD", true)]
    [InlineData(750, "month", "USD", true)]
    [InlineData(1_000, "month", "USD", true)]
    [InlineData(1_500, "month", "USD", true)]
    [InlineData(1_549, "month", "USD", false)]
    [InlineData(50, "day", "USD", true)]
    [InlineData(51, "day", "USD", false)]
    [InlineData(500, "month", "EUR", false)]
    public void The_fixed_alarms_of_the_founding_documents_lie_below_their_plan(int amount, string period, string currency, bool isBelow)
    {
        var alarm = Budget.Create(SpentKey.School, course: null, period, BudgetTerms.Alarm(amount, currency), DateTimeOffset.UnixEpoch);

        Assert.Equal(isBelow, BudgetPlan.IsBelow(alarm, plan: 1_549m, "USD"));
        Assert.False(BudgetPlan.IsBelow(alarm, plan: null, "USD"));
    }

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static BudgetTerms? Check(BudgetInput input, out FormErrors errors)
    {
        errors = new FormErrors();
        return input.Check(errors, English, isOnOffer: true);
    }
}
