namespace Lectern.Costs.Yaml;

/// <summary>The known word that somebody probably meant.</summary>
internal static class NearestWord
{
    /// <returns>Null when none is near: more than a third of its letters would have to change.</returns>
    public static string? Of(string word, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (Word: candidate, Distance: Distance(Plain(word), Plain(candidate)))).OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Word, StringComparer.Ordinal).FirstOrDefault();
        return best.Word is { } near && best.Distance <= Math.Max(1, near.Length / 3) ? near : null;
    }

    // sessions_per_student, sessions-per-student and SessionsPerStudent are the same slip.
    private static string Plain(string word) => string.Concat(word.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    // Levenshtein, Soviet Physics Doklady 10 (1966), with one row.
    private static int Distance(string left, string right)
    {
        if (left.Length > 100 || right.Length > 100)
            return int.MaxValue;
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[^1];
    }
}
