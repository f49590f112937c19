using Lectern.Ai.Contracts;
using Lectern.Costs.Contracts;

namespace Lectern.Ai.Metering;

/// <summary>Asks leave for calls that cost, and reports what they used.</summary>
internal sealed class PaidCalls(ISpending spending, TimeProvider time)
{
    public ISpending Spending => spending;

    /// <exception cref="ModelUnavailableException">No budget allows it.</exception>
    public async ValueTask<PaidCall> BeginAsync(Payer payer, string provider, decimal estimate, CancellationToken ct)
    {
        var leave = await spending.AskAsync(payer.SchoolId, payer.CourseId, estimate, ct) ?? throw OverBudget();
        return new PaidCall(payer, provider, leave, time.GetUtcNow());
    }

    public static ModelUnavailableException OverBudget() => new(ModelFailure.OverBudget, "The budget does not allow it: see the page Costs.") { IsOfThisQuestion = true };
}

/// <summary>One call that has leave. Settled once, with what is known by then; disposed of without, it gives its leave back.</summary>
internal sealed class PaidCall(Payer payer, string provider, ISpendingLeave leave, DateTimeOffset at) : IDisposable
{
    private readonly string _key = Guid.CreateVersion7(at).ToString("n");

    public void Settle(params ReadOnlySpan<(UsageKind Kind, decimal Quantity, string? Price)> used)
    {
        var reports = new List<Usage>(used.Length);
        foreach (var (kind, quantity, price) in used)
        {
            if (quantity > 0)
                reports.Add(new Usage($"{_key}:{kind}", payer.SchoolId, payer.CourseId, payer.SessionId, kind, quantity, provider, price, at));
        }
        leave.Settle(reports);
    }

    public void Dispose() => leave.Dispose();
}
