using System.ComponentModel.DataAnnotations;
using Lectern.Costs.Metering;

namespace Lectern.Costs.Dashboard;

/// <summary>What a month is expected to cost, as it is entered.</summary>
internal sealed class ExpectedInput
{
    private const double Most = 100_000_000;

    [Range(0.0, Most)] public decimal? Model { get; set; }

    [Range(0.0, Most)] public decimal? Voice { get; set; }

    [Range(0.0, Most)] public decimal? Hearing { get; set; }

    [Range(0.0, Most)] public decimal? Avatar { get; set; }

    [Range(0.0, Most)] public decimal? Telephone { get; set; }

    [Range(0.0, Most)] public decimal? Mail { get; set; }

    public static ExpectedInput Of(IReadOnlyDictionary<string, decimal> monthly)
    {
        decimal? Figure(CostCategory category) => monthly.TryGetValue(category.ToString(), out var figure) ? figure : null;
        return new ExpectedInput
        {
            Model = Figure(CostCategory.Model), Voice = Figure(CostCategory.Voice), Hearing = Figure(CostCategory.Hearing),
            Avatar = Figure(CostCategory.Avatar), Telephone = Figure(CostCategory.Telephone), Mail = Figure(CostCategory.Mail),
        };
    }

    public Dictionary<string, decimal> ToMonthly() => new (CostCategory Category, decimal? Figure)[]
    {
        (CostCategory.Model, Model), (CostCategory.Voice, Voice), (CostCategory.Hearing, Hearing), (CostCategory.Avatar, Avatar), (CostCategory.Telephone, Telephone), (CostCategory.Mail, Mail),
    }.Where(one => one.Figure is not null).ToDictionary(one => one.Category.ToString(), one => one.Figure!.Value); // as the condition says
}
