using System.Text;
using Lectern.Costs.Audit.Tables;

namespace Lectern.Costs.Audit.Reading;

/// <summary>An estimate as it came, readable: decoded, repaired, with its name and the convention of its numbers.</summary>
internal sealed class EstimateText
{
    private EstimateText(string name, string text, EstimateFormat format, int repaired, bool isWindows1252)
    {
        (Name, Text, Format, Repaired, IsWindows1252) = (name, text, format, repaired, isWindows1252);
        Convention = format switch
        {
            EstimateFormat.Json => NumberConvention.Point,
            // Commas between cells say nothing of commas within numbers.
            EstimateFormat.Csv => NumberConvention.Of(CsvTables.CellsOf(text)),
            _ => NumberConvention.Of(text),
        };
        if (text.IndexOf('\0', StringComparison.Ordinal) is var zero and >= 0)
            BinaryLine = text.AsSpan(0, zero).Count('\n') + 1;
    }

    public string Name { get; }

    public string Text { get; }

    public EstimateFormat Format { get; }

    /// <summary>How many double-encoded characters were put right.</summary>
    public int Repaired { get; }

    /// <summary>The bytes were no UTF-8 and were read as Windows-1252.</summary>
    public bool IsWindows1252 { get; }

    /// <summary>Where a byte of zero stands: the file is no text, whatever its name says. Null for texts.</summary>
    public int? BinaryLine { get; }

    public NumberConvention Convention { get; }

    public static EstimateText FromText(string name, string text, EstimateFormat? format = null)
    {
        var (repaired, count) = Mojibake.Repair(text.ReplaceLineEndings("\n"));
        return new(name, repaired, format ?? FormatOf(name, repaired), count, isWindows1252: false);
    }

    /// <summary>Reads UTF-8 (with or without a mark), UTF-16 with its mark, else Windows-1252.</summary>
    public static EstimateText FromBytes(string name, ReadOnlySpan<byte> bytes, EstimateFormat? format = null)
    {
        if (bytes is [0xFF, 0xFE, ..])
            return FromText(name, Encoding.Unicode.GetString(bytes[2..]), format);
        if (bytes is [0xFE, 0xFF, ..])
            return FromText(name, Encoding.BigEndianUnicode.GetString(bytes[2..]), format);
        var content = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
        if (System.Text.Unicode.Utf8.IsValid(content))
            return FromText(name, Encoding.UTF8.GetString(content), format);
        var text = Mojibake.FromWindows1252(content).ReplaceLineEndings("\n");
        return new(name, text, format ?? FormatOf(name, text), 0, isWindows1252: true);
    }

    private static EstimateFormat FormatOf(string name, string text)
    {
        switch (Path.GetExtension(name).ToUpperInvariant())
        {
            case ".CSV" or ".TSV":
                return EstimateFormat.Csv;
            case ".JSON":
                return EstimateFormat.Json;
            case ".MD" or ".MARKDOWN" or ".TXT":
                return EstimateFormat.Markdown;
            default:
                return Guess(text);
        }
    }

    // Pasted text has no name: JSON begins with a bracket; a table of values has the same mark in each of its first lines and no Markdown bars.
    private static EstimateFormat Guess(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start.Length > 0 && start[0] is '{' or '[' && start.TrimEnd()[^1] is '}' or ']')
            return EstimateFormat.Json;
        var lines = start.ToString().Split('\n', 4);
        if (lines.Length < 2 || lines[0].Contains('|', StringComparison.Ordinal) || lines[0].StartsWith('#') || lines[0].StartsWith('-'))
            return EstimateFormat.Markdown;
        return ";\t,".Any(mark => lines[0].Count(letter => letter == mark) is var count and > 0 && lines[1].Count(letter => letter == mark) >= count) ? EstimateFormat.Csv : EstimateFormat.Markdown;
    }
}

/// <summary>How an estimate is written.</summary>
internal enum EstimateFormat
{
    Markdown,
    Csv,
    Json,
}
