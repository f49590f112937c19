using Lectern.Costs.Contracts;

namespace Lectern.Tests.Ai;

/// <summary>A budget that a test sets, with prices it can reckon with: a dollar a thousand of anything that the catalogue would know.</summary>
internal sealed class FakeSpending : ISpending
{
    private readonly Lock _gate = new();
    private readonly List<Usage> _reported = [];

    public SpendingLevel Level { get; set; } = SpendingLevel.Everything;

    public decimal Left { get; set; } = 1_000;

    /// <summary>Ids without a price.</summary>
    public HashSet<string> Unpriced { get; } = [];

    /// <summary>Priced by time instead of by the character.</summary>
    public HashSet<string> ByTime { get; } = [];

    public List<decimal> Asked { get; } = [];

    public decimal Held { get; private set; }

    public IReadOnlyList<Usage> Reported
    {
        get
        {
            lock (_gate)
                return [.. _reported];
        }
    }

    public SpendingState StateOf(Guid schoolId, Guid? courseId) => new(Level);

    public ValueTask<SpendingState> FindStateAsync(Guid schoolId, Guid? courseId, CancellationToken ct) => ValueTask.FromResult(StateOf(schoolId, courseId));

    public ValueTask<ISpendingLeave?> AskAsync(Guid schoolId, Guid? courseId, decimal estimate, CancellationToken ct)
    {
        lock (_gate)
        {
            Asked.Add(estimate);
            if (estimate > Left)
                return ValueTask.FromResult<ISpendingLeave?>(null);
            Held += estimate;
            return ValueTask.FromResult<ISpendingLeave?>(new Leave(this, estimate));
        }
    }

    public decimal Estimate(Guid schoolId, UsageKind kind, decimal quantity, string? priceId) => HasPrice(schoolId, kind, priceId) ? quantity / 1_000 : 0;

    public bool HasPrice(Guid schoolId, UsageKind kind, string? priceId) => priceId is not null && !Unpriced.Contains(priceId) && kind switch
    {
        UsageKind.SpokenSeconds => ByTime.Contains(priceId),
        UsageKind.SpokenCharacters => !ByTime.Contains(priceId),
        _ => true,
    };

    private sealed class Leave(FakeSpending spending, decimal estimate) : ISpendingLeave
    {
        private bool _isOver;

        public void Settle(IReadOnlyList<Usage> used) => End(used);

        public void Dispose() => End([]);

        private void End(IReadOnlyList<Usage> used)
        {
            lock (spending._gate)
            {
                if (_isOver)
                    return;
                _isOver = true;
                spending.Held -= estimate;
                spending._reported.AddRange(used);
            }
        }
    }
}
