using Lectern.Costs.Planning.Capacity;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;

namespace Lectern.Costs.Planning.Pages;

/// <summary>The plan that an address holds, as a file and reckoned.</summary>
/// <param name="Problems">Why it cannot be reckoned; then there is no result.</param>
internal sealed record PlanOfPage(string Yaml, IReadOnlyList<string> Problems, PlanResult? Result)
{
    public static readonly PlanOfPage None = new("", [], null);

    /// <param name="clouds">To put beside the plan's own.</param>
    public static PlanOfPage Reckon(PlanPageState state, PriceCatalogue catalogue, DateOnly today, IReadOnlyList<Cloud> clouds)
    {
        var yaml = state.Yaml(new DateOnly(today.Year, today.Month, 1).AddMonths(1));
        var reading = PlanReader.Read(yaml, "", catalogue, today);
        var result = reading.Plan is { } plan ? new Planner(catalogue, MeasuredCapacity.BuiltIn, today).Reckon(plan, clouds: clouds) : null;
        return new PlanOfPage(yaml, [.. reading.Problems.Select(problem => problem.Message)], result);
    }
}
