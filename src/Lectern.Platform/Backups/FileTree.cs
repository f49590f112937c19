using System.Globalization;
using System.Text.RegularExpressions;

namespace Lectern.Platform.Backups;

/// <summary>Which files of the data folder's <c>files</c> belong to the file store.</summary>
internal static partial class FileTree
{
    /// <summary>Every file below, but no link: it may lead out of the folder.</summary>
    public static EnumerationOptions Options { get; } = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <summary>A folder of a school and a plain path below it, as the file store makes them; never one that leads elsewhere.</summary>
    public static bool IsName(string entry) => Name().IsMatch(entry);

    [GeneratedRegex(@"\Afiles(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}){2,12}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}

/// <summary>Numbers for people.</summary>
internal static class Counted
{
    public static string Of(long count, string one) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {one}{(count == 1 ? "" : "s")}";
}
