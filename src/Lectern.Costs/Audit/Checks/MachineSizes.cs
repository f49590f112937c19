using System.Globalization;
using System.Text.RegularExpressions;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Machine types whose name tells family and size: c5.4xlarge, Standard_D16s_v3, n1-standard-8.</summary>
internal static class MachineSizes
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private static readonly Regex Dotted = new(@"^(?<family>(cache\.|db\.|ml\.)?[a-z]+[0-9]+[a-z]*)\.(?<size>nano|micro|small|medium|large|[0-9]*xlarge)$", Options, TimeSpan.FromMilliseconds(50));
    private static readonly Regex Azure = new(@"^(?<before>Standard_[A-Z]+)(?<size>[0-9]+)(?<after>[a-z]*(_v[0-9]+)?)$", Options, TimeSpan.FromMilliseconds(50));
    private static readonly Regex Dashed = new(@"^(?<family>[a-z]+[0-9]+[a-z]*-[a-z]+)-(?<size>[0-9]+)$", Options, TimeSpan.FromMilliseconds(50));

    public static (string Family, decimal Size)? Of(string name)
    {
        if (name.Length > 40)
            return null;
        if (Dotted.Match(name) is { Success: true } dotted && SizeOf(dotted.Groups["size"].Value) is { } size)
            return (dotted.Groups["family"].Value, size);
        if (Azure.Match(name) is { Success: true } azure)
            return (azure.Groups["before"].Value + "*" + azure.Groups["after"].Value, Number(azure.Groups["size"].Value));
        return Dashed.Match(name) is { Success: true } dashed ? (dashed.Groups["family"].Value, Number(dashed.Groups["size"].Value)) : null;
    }

    // Each step doubles: large is half of xlarge.
    private static decimal? SizeOf(string size) => size switch
    {
        "nano" => 0.03125m,
        "micro" => 0.0625m,
        "small" => 0.125m,
        "medium" => 0.25m,
        "large" => 0.5m,
        "xlarge" => 1,
        _ => Number(size[..^6]),
    };

    private static decimal Number(string digits) => decimal.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
