using System.Security.Cryptography;
using System.Text;

namespace Lectern.Courses.Reading;

/// <summary>A paragraph of an earlier revision, as far as its identity is concerned.</summary>
internal readonly record struct KnownParagraph(string ParagraphId, BlockKind Kind, string Text);

/// <summary>
/// Names paragraphs so that citations, notes and progress survive the next edition of a lesson. A new paragraph is named by a hash
/// of its text; from then on the name travels with the paragraph, whatever happens to the text.
/// </summary>
internal static class ParagraphIds
{
    /// <summary>Shared words, twice over all words (Dice): half a paragraph that was split keeps about 0.67.</summary>
    private const double Threshold = 0.5;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Ids for a lesson that is read for the first time.</summary>
    public static IReadOnlyList<Block> Assign(string lessonSlug, IReadOnlyList<Block> blocks) => Carry(lessonSlug, Array.Empty<KnownParagraph>(), blocks);

    /// <summary>
    /// Ids for the next revision: an unchanged paragraph keeps its own wherever it moved, an edited one takes that of the paragraph
    /// it shares most words with, every other gets a new one. No old id is given twice or to an unrelated paragraph.
    /// </summary>
    public static IReadOnlyList<Block> Carry(string lessonSlug, IReadOnlyList<KnownParagraph> old, IReadOnlyList<Block> blocks)
    {
        var ids = new string?[blocks.Count];
        var free = new bool[old.Count];
        Array.Fill(free, true);
        KeepUnchanged(old, blocks, ids, free);
        KeepEdited(old, blocks, ids, free);

        var taken = old.Select(o => o.ParagraphId).ToHashSet();
        for (var i = 0; i < ids.Length; i++) ids[i] ??= NewId(lessonSlug, blocks[i], taken);
        return [.. blocks.Select((block, i) => block.WithParagraphId(ids[i]!))]; // Every place was filled just above.
    }

    /// <inheritdoc cref="Carry(string, IReadOnlyList{KnownParagraph}, IReadOnlyList{Block})"/>
    public static IReadOnlyList<Block> Carry(string lessonSlug, IReadOnlyList<Block> old, IReadOnlyList<Block> blocks) =>
        Carry(lessonSlug, [.. old.Select(b => new KnownParagraph(b.ParagraphId, b.Kind, b.Text))], blocks);

    private static void KeepUnchanged(IReadOnlyList<KnownParagraph> old, IReadOnlyList<Block> blocks, string?[] ids, bool[] free)
    {
        var byText = new Dictionary<(BlockKind, string), Queue<int>>();
        for (var i = 0; i < old.Count; i++)
        {
            var key = (old[i].Kind, Normal(old[i].Text));
            if (!byText.TryGetValue(key, out var queue)) byText[key] = queue = [];
            queue.Enqueue(i);
        }
        for (var i = 0; i < blocks.Count; i++)
        {
            if (!byText.TryGetValue((blocks[i].Kind, Normal(blocks[i].Text)), out var same) || !same.TryDequeue(out var from)) continue;
            ids[i] = old[from].ParagraphId;
            free[from] = false;
        }
    }

    private static void KeepEdited(IReadOnlyList<KnownParagraph> old, IReadOnlyList<Block> blocks, string?[] ids, bool[] free)
    {
        var oldWords = old.Select((o, i) => free[i] ? Words(o.Text) : []).ToArray();
        var places = Places(oldWords);
        var pairs = new List<(double Similarity, int Distance, int From, int To)>();
        for (var to = 0; to < blocks.Count; to++)
        {
            if (ids[to] is not null) continue;
            var words = Words(blocks[to].Text);
            foreach (var (from, shared) in Shared(words, places))
            {
                var similarity = 2.0 * shared / (words.Count + oldWords[from].Count);
                if (similarity >= Threshold && old[from].Kind == blocks[to].Kind) pairs.Add((similarity, Math.Abs(from - to), from, to));
            }
        }
        foreach (var (_, _, from, to) in pairs.OrderByDescending(p => p.Similarity).ThenBy(p => p.Distance).ThenBy(p => p.To))
        {
            if (!free[from] || ids[to] is not null) continue;
            ids[to] = old[from].ParagraphId;
            free[from] = false;
        }
    }

    private static Dictionary<string, List<int>> Places(HashSet<string>[] words)
    {
        var places = new Dictionary<string, List<int>>();
        for (var i = 0; i < words.Length; i++)
        {
            foreach (var word in words[i])
            {
                if (!places.TryGetValue(word, out var at)) places[word] = at = [];
                at.Add(i);
            }
        }
        return places;
    }

    private static Dictionary<int, int> Shared(HashSet<string> words, Dictionary<string, List<int>> places)
    {
        var shared = new Dictionary<int, int>();
        foreach (var word in words)
        {
            if (!places.TryGetValue(word, out var at)) continue;
            foreach (var from in at) shared[from] = shared.GetValueOrDefault(from) + 1;
        }
        return shared;
    }

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>();
        var word = new StringBuilder();
        foreach (var c in text.Append(' '))
        {
            if (char.IsLetterOrDigit(c)) { word.Append(char.ToLowerInvariant(c)); continue; }
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
        return words;
    }

    private static string Normal(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string NewId(string lessonSlug, Block block, HashSet<string> taken)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{lessonSlug}\n{block.Kind}\n{Normal(block.Text)}"));
        var bits = BitConverter.ToUInt64(hash);
        var id = string.Create(8, bits, (chars, value) => { for (var i = 0; i < chars.Length; i++) chars[i] = Alphabet[(int)((value >> (5 * i)) & 31)]; });
        var unique = id;
        for (var n = 2; !taken.Add(unique); n++) unique = $"{id}-{n}";
        return unique;
    }
}
