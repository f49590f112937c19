using System.Collections.Concurrent;
using Lectern.Platform.Data;
using Lectern.Courses.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Courses.Search;

/// <summary>
/// The stems of words, which the database knows for many languages, remembered: people ask with the same few thousand words, and a word's stem never changes.
/// </summary>
internal sealed class WordStems
{
    /// <summary>About 100 bytes each. Beyond that it begins anew rather than keep account of what was used last.</summary>
    private const int Most = 50_000;

    private readonly ConcurrentDictionary<(string Configuration, string Word), string?> _known = new();

    /// <summary>Word to stem; stop words are left out.</summary>
    public async Task<Dictionary<string, string>> OfAsync(LecternDb db, string language, IReadOnlyCollection<string> words, CancellationToken ct)
    {
        var configuration = SearchLanguages.Of(language);
        var stems = new Dictionary<string, string>(words.Count, StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var word in words)
        {
            if (!_known.TryGetValue((configuration, word), out var stem))
                unknown.Add(word);
            else if (stem is not null)
                stems[word] = stem;
        }
        if (unknown.Count == 0)
            return stems;
        foreach (var row in await AskAsync(db, configuration, [.. unknown], ct))
            stems[row.Word] = row.Stem;
        if (_known.Count + unknown.Count > Most)
            _known.Clear();
        foreach (var word in unknown)
            _known[(configuration, word)] = stems.GetValueOrDefault(word);
        return stems;
    }

    // The words themselves are cut here, so that both sides agree on them.
    private static Task<List<WordStem>> AskAsync(LecternDb db, string configuration, string[] words, CancellationToken ct) => db.Database.SqlQuery<WordStem>($"""
        select w.word as "Word", s.lexeme as "Stem"
        from unnest({words}) as w(word), lateral (select lexeme from unnest(to_tsvector({configuration}::regconfig, w.word)) limit 1) s
        """).ToListAsync(ct);

    private sealed record WordStem(string Word, string Stem);
}
