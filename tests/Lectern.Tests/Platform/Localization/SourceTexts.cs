using System.Text.Json;
using System.Text.RegularExpressions;
using Lectern.Tests.Fakes;

namespace Lectern.Tests.Platform.Localization;

/// <summary>The texts that the sources show to people, found by how they are written.</summary>
internal static partial class SourceTexts
{
    private const string Literal = "\"((?:[^\"\\\\]|\\\\.)+)\"";
    private const string Localizer = @"\b(?:_?[tT]|_?[tT]exts|this)";

    // What stands before a text: the localizer, a menu entry, a site notice, a message of an annotation or of IValidatableObject.
    private static readonly Regex[] Plain =
    [
        Pattern($@"{Localizer}\[\s*{Literal}"),
        Pattern($@"\.AddMenu\(\s*MenuPlace\.\w+\s*,\s*[\w.]+\s*,\s*{Literal}"),
        Pattern($@"\bnew(?:\s+SiteNotice)?\(\s*Tone\.\w+\s*,\s*{Literal}"),
        Pattern($@"\bErrorMessage\s*=\s*{Literal}"),
        Pattern($@"\bnew\s+ValidationResult\(\s*{Literal}"),
    ];

    private static readonly Regex Plural = Pattern($@"\bPlural\([^""]*?{Literal}\s*,\s*{Literal}");
    private static readonly Regex InContext = Pattern($@"{Localizer}\.In\(\s*{Literal}\s*,\s*{Literal}");

    /// <summary>Every text of <c>src</c>.</summary>
    public static IReadOnlyCollection<SourceText> Read() => [.. Files()
        .SelectMany(file => file.EndsWith(".json", StringComparison.Ordinal)
            ? Listed(file)
            : In(File.ReadAllText(file)).Select(text => text with { File = Path.GetRelativePath(Repository.Root, file) }))
        .DistinctBy(text => text.Key)];

    /// <summary>The texts of one source file; examples in its documentation comments do not count.</summary>
    public static IEnumerable<SourceText> In(string source)
    {
        var code = Documentation().Replace(source, "");
        var plain = Plain.SelectMany(pattern => pattern.Matches(code)).Select(match => new SourceText(Group(match, 1)));
        var inContext = InContext.Matches(code).Select(match => new SourceText($"{Group(match, 1)}|{Group(match, 2)}"));
        var plural = Plural.Matches(code).Select(match => new SourceText(Group(match, 1), IsPlural: true));
        return [.. plain, .. inContext, .. plural];
    }

    // An island lists its texts in a file, which its own test keeps complete.
    private static IEnumerable<SourceText> Listed(string file) =>
        (JsonSerializer.Deserialize<string[]>(File.ReadAllText(file)) ?? []).Select(key => new SourceText(key, File: Path.GetRelativePath(Repository.Root, file)));

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Repository.Folder("src"), "*", SearchOption.AllDirectories)
        .Where(file => !Built().IsMatch(file))
        .Where(file => Path.GetExtension(file) is ".cs" or ".razor" || Path.GetFileName(file) == "texts.json");

    private static string Group(Match match, int number) => Regex.Unescape(match.Groups[number].Value);

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    [GeneratedRegex(@"[/\\](?:bin|obj|node_modules|wwwroot)[/\\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Built();

    [GeneratedRegex(@"^\s*///.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Documentation();
}

internal sealed record SourceText(string Key, bool IsPlural = false, string File = "");
