using Lectern.Costs.Metering;

namespace Lectern.Costs.Budgets.Blocks;

/// <summary>What this node holds for a school, or for one of its courses that has a cap of its own: one block to draw on, in memory.</summary>
internal sealed class Purse(Guid school, Guid? course, UsageMeter meter, TimeProvider time, TimeSpan lease, long smallest, long largest)
{
    // Of the lease: what is measured here must end before what is measured there.
    private const double Safe = 0.9;
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private HeldBlock? _block;
    private long _size;
    private long _grownAt;

    public Guid SchoolId => school;

    public Guid? CourseId => course;

    /// <summary>One at a time asks the database for more.</summary>
    public SemaphoreSlim Leasing { get; } = new(1, 1);

    /// <summary>Takes from the block, without asking anybody.</summary>
    /// <returns>Null when it does not hold so much.</returns>
    public SpendingLeave? TryDraw(long amount)
    {
        lock (_gate)
        {
            if (_block is not { } block || !IsGood(block) || block.Free < amount)
                return null;
            block.Free -= amount;
            block.Out++;
            block.LastDrawn = time.GetTimestamp();
            return new SpendingLeave(this, block, amount, meter);
        }
    }

    /// <summary>The block that may grow, and by how much: twice as much as before when that was gone in no time.</summary>
    public (HeldBlock? Block, long Wanted) Plan()
    {
        lock (_gate)
        {
            if (_block is { } old && !IsGood(old))
                LetGo(old);
            var isQuick = _grownAt != 0 && time.GetElapsedTime(_grownAt) < Quick;
            _size = isQuick ? Math.Min(Math.Max(_size, smallest) * 2, largest) : Math.Max(_size / 2, smallest);
            return (_block, _size);
        }
    }

    public void Take(HeldBlock block, long amount, long askedAt)
    {
        lock (_gate)
        {
            block.Free += amount;
            if (!ReferenceEquals(block, _block))
                (block.GoodSince, block.LastDrawn) = (askedAt, askedAt);
            _block = block;
            _grownAt = askedAt;
        }
    }

    /// <summary>Gives up what is free, for another purse that needs it.</summary>
    public (BlockPlace Place, long Amount)? Empty()
    {
        lock (_gate)
        {
            if (_block is not { Free: > 0 } block || !IsGood(block))
                return null;
            var free = block.Free;
            block.Free = 0;
            return (block.Place, free);
        }
    }

    /// <summary>A block that was drawn on lately, or that still has calls out, is kept alive; one that has not, or whose day is over, is given back.</summary>
    /// <returns>The block to renew, if any.</returns>
    public HeldBlock? Tend(TimeSpan idle)
    {
        lock (_gate)
        {
            if (_block is not { } block)
                return null;
            if (block.Out == 0 && time.GetElapsedTime(block.LastDrawn) > idle || time.GetUtcNow() >= block.Ends)
                LetGo(block);
            return block.IsClosing && block.Out == 0 ? null : block;
        }
    }

    public void Renewed(HeldBlock block, long askedAt)
    {
        lock (_gate)
            block.GoodSince = askedAt;
    }

    /// <summary>The books no longer hold it for this node.</summary>
    public void Lose(HeldBlock block)
    {
        lock (_gate)
        {
            block.IsLost = true;
            LetGo(block);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            if (_block is { } block)
                LetGo(block);
        }
    }

    internal void Settle(HeldBlock block, long drawn, long spent)
    {
        lock (_gate)
        {
            // Below zero when a call cost more than it asked for; the next draw then finds the less.
            block.Free += drawn - spent;
            block.Out--;
            if (block is { IsClosing: true, Out: 0 })
                meter.Close(block.Place);
        }
    }

    private bool IsGood(HeldBlock block) => !block.IsClosing && time.GetElapsedTime(block.GoodSince) < lease * Safe && time.GetUtcNow() < block.Ends;

    private void LetGo(HeldBlock block)
    {
        if (ReferenceEquals(block, _block))
            _block = null;
        if (block.IsClosing)
            return;
        block.IsClosing = true;
        if (block.Out == 0)
            meter.Close(block.Place);
    }
}
