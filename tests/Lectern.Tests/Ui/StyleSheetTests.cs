using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Lectern.Tests.Fakes;

namespace Lectern.Tests.Ui;

public sealed partial class StyleSheetTests
{
    private const double Text = 4.5;
    private const double Shape = 3;

    private static readonly string Css = Read("lectern.css");
    private static readonly string All = Css + Read("costs.css");

    /// <summary>Foreground, background and the contrast that WCAG 2.2 asks for (1.4.3 and 1.4.11).</summary>
    private static readonly (string Fore, string Back, double Least)[] Pairs =
    [
        .. Each(["text", "text-muted", "accent", "accent-strong", "danger", "success", "warning"], ["surface", "surface-raised", "surface-sunk"], Text),
        .. Each(["text", "accent-strong", "accent"], ["accent-soft"], Text),
        .. Each(["text", "text-muted"], ["warning-soft"], Text),
        ("accent-text", "accent", Text), ("accent-text", "accent-strong", Text),
        ("text", "danger-soft", Text), ("danger", "danger-soft", Text), ("danger-text", "danger", Text),
        ("text", "success-soft", Text), ("success", "success-soft", Text), ("warning", "warning-soft", Text),
        ("text", "draw-warm", Text), ("text", "draw-cool", Text), ("text", "draw-green", Text),
        .. Each(["line-strong"], ["surface", "surface-raised", "surface-sunk"], Shape),
        ("accent", "line", Shape),
    ];

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Every_pair_of_colours_that_meets_is_readable(string scheme)
    {
        var colours = Colours(scheme);
        var weak = Pairs.Select(pair => (pair, Found: Contrast(colours[pair.Fore], colours[pair.Back])))
            .Where(result => result.Found < result.pair.Least)
            .Select(result => $"--{result.pair.Fore} on --{result.pair.Back}: {result.Found:0.00} < {result.pair.Least}").ToList();
        Assert.True(weak.Count == 0, $"{scheme}:\n{string.Join('\n', weak)}");
    }

    [Fact]
    public void The_dark_scheme_redefines_every_colour_of_the_light_one()
    {
        var dark = Tokens(Css[Css.IndexOf("prefers-color-scheme: dark", StringComparison.Ordinal)..]);
        Assert.Empty(Tokens(Css).Keys.Except(dark.Keys));
    }

    [Fact]
    public void Contrast_is_computed_as_WCAG_defines_it()
    {
        Assert.Equal(21, Contrast("#000000", "#ffffff"), 2);
        Assert.Equal(4.54, Contrast("#767676", "#ffffff"), 2);
    }

    [Fact]
    public void The_style_sheet_weighs_less_than_12_KB_compressed()
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Css));
        Assert.InRange(buffer.Length, 1000, 12_000);
    }

    [Fact]
    public void Only_logical_properties_are_used_so_that_pages_mirror()
    {
        var physical = Physical().Matches(All).Select(match => match.Value.Trim()).ToList();
        Assert.Empty(physical);
    }

    [Fact]
    public void Every_token_that_is_used_is_defined()
    {
        var defined = Definition().Matches(Css).Select(match => match.Groups["name"].Value).ToHashSet();
        Assert.Subset(defined, Use().Matches(All).Select(match => match.Groups["name"].Value).ToHashSet());
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Root, "src", "Lectern.Ui", "wwwroot", name));

    private static Dictionary<string, string> Colours(string scheme)
    {
        var colours = Tokens(Css);
        if (scheme == "dark")
        {
            foreach (var (name, value) in Tokens(Css[Css.IndexOf("prefers-color-scheme: dark", StringComparison.Ordinal)..]))
                colours[name] = value;
        }
        return colours;
    }

    // The first block of the text only.
    private static Dictionary<string, string> Tokens(string css)
    {
        var root = css[css.IndexOf(":root {", StringComparison.Ordinal)..];
        return Colour().Matches(root[..root.IndexOf('}', StringComparison.Ordinal)]).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["colour"].Value);
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    // https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }

    private static IEnumerable<(string, string, double)> Each(string[] fore, string[] back, double least) =>
        fore.SelectMany(one => back.Select(other => (one, other, least)));

    [GeneratedRegex(@"--(?<name>[\w-]+):\s*(?<colour>#[0-9a-fA-F]{6});", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Colour();

    [GeneratedRegex(@"--(?<name>[\w-]+):", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Definition();

    [GeneratedRegex(@"var\(--(?<name>[\w-]+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Use();

    [GeneratedRegex(@"(?<![\w-])(?:margin|padding|border)-(?:left|right|top|bottom)|(?<=[{;]\s*)(?:left|right|top|bottom|width|height|min-width|max-width|min-height|max-height)\s*:|text-align:\s*(?:left|right)|float:", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Physical();
}
