namespace Lectern.Costs.Budgets.Blocks;

/// <summary>A block in this node's memory: what of it is free, and what is out with calls. Guarded by its purse's lock.</summary>
internal sealed class HeldBlock(BlockPlace place, DateTimeOffset ends)
{
    public BlockPlace Place => place;

    /// <summary>When the day is over that it was leased for.</summary>
    public DateTimeOffset Ends => ends;

    /// <summary>Nobody draws on it any more.</summary>
    public bool IsClosing { get; set; }

    /// <summary>The database's books no longer hold it for this node; reports are booked on it all the same.</summary>
    public bool IsLost { get; set; }

    public long Free { get; set; }

    /// <summary>How many calls have not settled.</summary>
    public int Out { get; set; }

    /// <summary>By the machine's own clock, measured from before the database was asked, so that it never outlasts the database's lease.</summary>
    public long GoodSince { get; set; }

    public long LastDrawn { get; set; }
}
