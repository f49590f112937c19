using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lectern.Tests.Platform.Localization;

/// <summary>The texts that the sources show to people, found by how they are written.</summary>
internal static partial class SourceTexts
{
    private const string Literal = "\"((?:[^\"\\\\]|\\\\.)+)\"";

    // What stands before a text: the localizer, a menu entry, a site notice, a message of an annotation or of IValidatableObject.
    private static readonly Regex[] Plain =
    [
        Pattern($@"\b(?:T|_?[tT]exts)\[\s*{Literal}"),
        Pattern($@"\.AddMenu\(\s*MenuPlace\.\w+\s*,\s*[\w.]+\s*,\s*{Literal}"),
        Pattern($@"\bnew(?:\s+SiteNotice)?\(\s*Tone\.\w+\s*,\s*{Literal}"),
        Pattern($@"\bErrorMessage\s*=\s*{Literal}"),
        Pattern($@"\bnew\s+ValidationResult\(\s*{Literal}"),
        Pattern($@"\.Plural\([^""]*?{Literal}\s*,\s*""(?:[^""\\]|\\.)+"""),
    ];

    private static readonly Regex InContext = Pattern($@"\b(?:T|_?[tT]exts)\.In\(\s*{Literal}\s*,\s*{Literal}");

    /// <summary>Key → the first file that shows it.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Files())
        {
            foreach (var key in file.EndsWith(".json", StringComparison.Ordinal) ? Listed(file) : Written(File.ReadAllText(file)))
                found.TryAdd(key, Path.GetRelativePath(Root, file));
        }
        return found;
    }

    public static IEnumerable<string> Written(string source) =>
        Plain.SelectMany(pattern => pattern.Matches(source)).Select(match => Regex.Unescape(match.Groups[1].Value))
            .Concat(InContext.Matches(source).Select(match => $"{Regex.Unescape(match.Groups[1].Value)}|{Regex.Unescape(match.Groups[2].Value)}"));

    public static string Root { get; } = FindRoot();

    // Islands list their texts in a file of their own, checked by their own test.
    private static string[] Listed(string file) => JsonSerializer.Deserialize<string[]>(File.ReadAllText(file)) ?? [];

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*", SearchOption.AllDirectories)
        .Where(file => Generated().IsMatch(file) == false)
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal) || Path.GetFileName(file) == "texts.json");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Lectern.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    [GeneratedRegex(@"[/\\](bin|obj|node_modules|wwwroot)[/\\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Generated();
}
