namespace Lectern.Costs.Budgets.Blocks;

/// <summary>
/// The account of one block. What was leased, and what was spent beyond it, is at any time what was reported, given back, booked as unaccounted for, and the
/// rest that is still held; when it is closed there is no rest. The database checks the same.
/// </summary>
internal sealed class BlockAccount(BlockPlace place, long amount, long overdrawn, long reported, long returned, long unaccounted, bool isClosed)
{
    public BlockPlace Place => place;

    public long Overdrawn { get; private set; } = overdrawn;

    public long Reported { get; private set; } = reported;

    public long Returned { get; private set; } = returned;

    public long Unaccounted { get; private set; } = unaccounted;

    public bool IsClosed { get; private set; } = isClosed;

    /// <summary>What still counts as spent although nothing was reported for it.</summary>
    public long Rest => amount + Overdrawn - Reported - Returned - Unaccounted;

    /// <summary>Takes a report: from what is held, then from what was written off because the report came too late, and beyond that as overdrawn.</summary>
    /// <returns>What is held no longer, and what was written off and turns out to be accounted for.</returns>
    public (long Held, long Corrected) Report(long spent)
    {
        var held = Math.Min(spent, Rest);
        var corrected = Math.Min(spent - held, Unaccounted);
        Overdrawn += spent - held - corrected;
        Unaccounted -= corrected;
        Reported += spent;
        return (held, corrected);
    }

    /// <summary>Gives back a part of what is held, or all of it.</summary>
    /// <returns>What was given back.</returns>
    public long Return(long most)
    {
        var back = Math.Min(most, Rest);
        Returned += back;
        return back;
    }

    /// <summary>Gives back what is left, for good.</summary>
    /// <returns>What was given back.</returns>
    public long Close()
    {
        var back = Return(Rest);
        IsClosed = true;
        return back;
    }

    /// <summary>The node that held it is gone: what it did not report counts as spent.</summary>
    /// <returns>What is written off.</returns>
    public long WriteOff()
    {
        var rest = Rest;
        Unaccounted += rest;
        IsClosed = true;
        return rest;
    }
}

/// <summary>Where a block is booked.</summary>
/// <param name="CourseId">Only for a course with a cap of its own.</param>
internal sealed record BlockPlace(Guid Id, Guid SchoolId, Guid? CourseId, DateOnly Day, DateOnly InstallationDay, string Currency);
