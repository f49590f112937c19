namespace Lectern.Costs.Contracts;

/// <summary>Leave to spend, and the report of what was spent. Asking needs no round trip: each node draws on a small block that it has leased.</summary>
public interface ISpending
{
    /// <summary>What a conversation of this course may do now; falls by steps as budgets are used up, and rises again by itself.</summary>
    SpendingLevel LevelOf(Guid schoolId, Guid? courseId);

    /// <summary>
    /// Asks leave to spend up to <paramref name="estimate"/> in the installation's currency. A refusal may come early by at most one block per node, never late.
    /// </summary>
    /// <returns>The leave, to be settled with what was used; null when a budget does not allow it.</returns>
    ValueTask<ISpendingLeave?> AskAsync(Guid schoolId, Guid? courseId, decimal estimate, CancellationToken ct);
}

/// <summary>A sum that is held for one call to a provider. Disposed without being settled it gives the sum back.</summary>
public interface ISpendingLeave : IDisposable
{
    /// <summary>Reports what was used instead of the estimate. Does not wait for the database.</summary>
    void Settle(IReadOnlyList<Usage> used);
}

/// <summary>What conversations may do under the budgets, from the most to the least.</summary>
public enum SpendingLevel
{
    /// <summary>Everything that the school has switched on.</summary>
    Everything,

    /// <summary>No rendered avatar; voice and the drawn face.</summary>
    Voice,

    /// <summary>Typed questions and answers only, without voice that costs.</summary>
    Typed,

    /// <summary>No new conversations; running ones end their answer.</summary>
    Closed,
}
