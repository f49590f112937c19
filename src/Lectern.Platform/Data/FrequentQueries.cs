using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Platform.Data;

/// <summary>
/// Queries that run so often that PostgreSQL would spend more on understanding than on running them: each connection prepares them once and keeps them.
/// They are named one by one, since what is kept costs memory on every connection.
/// </summary>
public static class FrequentQueries
{
    private const string Tag = "frequent";

    /// <summary>Marks a query whose text is always the same.</summary>
    public static IQueryable<T> Frequent<T>(this IQueryable<T> query) => query.TagWith(Tag);

    // A command that is prepared already on its connection costs no round trip.
    internal static Task PrepareAsync(DbCommand command, CancellationToken ct) =>
        command.CommandText.Contains($"-- {Tag}\n", StringComparison.Ordinal) ? command.PrepareAsync(ct) : Task.CompletedTask;
}
