using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;

namespace Lectern.Costs.Budgets.Blocks;

/// <summary>A sum drawn on a block for one call; or on none, for what costs nothing, or for a school without caps while the database is away.</summary>
internal sealed class SpendingLeave(Purse? purse, HeldBlock? block, long drawn, UsageMeter meter) : ISpendingLeave
{
    private int _isOver;

    public static SpendingLeave WithoutBlock(UsageMeter meter) => new(purse: null, block: null, drawn: 0, meter);

    public void Settle(IReadOnlyList<Usage> used)
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
            return;
        var spent = 0L;
        try
        {
            foreach (var usage in used)
                spent += meter.Report(usage, block?.Place);
        }
        finally
        {
            // Reported before it is given back: a block is closed after its last report.
            GiveBack(spent);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
            GiveBack(spent: 0);
    }

    private void GiveBack(long spent)
    {
        if (purse is not null && block is not null)
            purse.Settle(block, drawn, spent);
    }
}
