namespace Lectern.Costs.Contracts;

/// <summary>Leave to spend, and the report of what was spent. Asking needs no round trip: each node draws on a small block that it has leased.</summary>
public interface ISpending
{
    /// <summary>What a conversation of this course may do now; falls by steps as budgets are used up, and rises again by itself. From memory, some seconds old at most.</summary>
    SpendingState StateOf(Guid schoolId, Guid? courseId);

    /// <summary><see cref="StateOf"/> as the database has it now, for what happens once: a conversation that begins.</summary>
    ValueTask<SpendingState> FindStateAsync(Guid schoolId, Guid? courseId, CancellationToken ct);

    /// <summary>
    /// Asks leave to spend up to <paramref name="estimate"/> in the installation's currency. A refusal may come early by at most one block per node, never late.
    /// An estimate that is too low is made good from the block; what even that does not hold is booked as overdrawn.
    /// </summary>
    /// <returns>The leave, to be settled with what was used; null when a budget does not allow it.</returns>
    ValueTask<ISpendingLeave?> AskAsync(Guid schoolId, Guid? courseId, decimal estimate, CancellationToken ct);

    /// <summary>What so much would cost the school now, in the installation's currency; 0 for what is free or has no price.</summary>
    decimal Estimate(Guid schoolId, UsageKind kind, decimal quantity, string? priceId);

    /// <summary>There is a price of this id for this kind of use: a voice, for one, is paid by the character or by time.</summary>
    bool HasPrice(Guid schoolId, UsageKind kind, string? priceId);
}

/// <summary>A sum that is held for one call to a provider. Disposed without being settled it gives the sum back.</summary>
public interface ISpendingLeave : IDisposable
{
    /// <summary>Reports what was used instead of the estimate. Does not wait for the database. A second call does nothing.</summary>
    void Settle(IReadOnlyList<Usage> used);
}

/// <param name="Until">When the budget's period ends and a new one begins; null where nothing is switched off.</param>
public sealed record SpendingState(SpendingLevel Level, DateTimeOffset? Until = null)
{
    /// <summary>A rendered avatar may be shown.</summary>
    public bool AllowsAvatar => Level < SpendingLevel.Voice;

    /// <summary>A voice that costs may speak. Those that cost nothing (espeak-ng, the browser's own) always may.</summary>
    public bool AllowsVoice => Level < SpendingLevel.Written;

    /// <summary>Speech may be written down by a service that costs.</summary>
    public bool AllowsEars => Level < SpendingLevel.Typed;

    /// <summary>New conversations may begin.</summary>
    public bool AllowsNew => Level < SpendingLevel.Closed;
}

/// <summary>What conversations may do under the budgets, from the most to the least.</summary>
public enum SpendingLevel
{
    /// <summary>Everything that the school has switched on.</summary>
    Everything,

    /// <summary>No rendered avatar; voice and the drawn face.</summary>
    Voice,

    /// <summary>The teacher answers in writing, without a voice that costs; students may still speak.</summary>
    Written,

    /// <summary>Typed questions and answers only: speech is not written down by a service that costs, either.</summary>
    Typed,

    /// <summary>No new conversations; running ones end their answer.</summary>
    Closed,
}
