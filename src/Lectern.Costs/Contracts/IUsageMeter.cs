namespace Lectern.Costs.Contracts;

/// <summary>
/// Takes reports of use for which no leave was asked: what is known only afterwards (a call's bill, a mail sent) or costs nothing. Reports wait in memory and
/// are written within milliseconds; those that must outlive a node that is killed have leave (<see cref="ISpending.AskAsync"/>) or are repeated from something
/// durable, with the same key.
/// </summary>
public interface IUsageMeter
{
    /// <summary>Adds the report, without waiting for the database.</summary>
    /// <returns>False while memory is full because the database is away: report it again later, with the same key and time.</returns>
    /// <exception cref="ArgumentException">The report breaks the rules of <see cref="Usage"/>.</exception>
    bool TryReport(Usage usage);
}
