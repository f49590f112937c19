using System.CommandLine;
using System.Text;
using Lectern.Costs.Audit;
using Lectern.Costs.Audit.Reports;
using Lectern.Costs.Prices;

namespace Lectern.Server.CommandLine;

/// <summary><c>plan audit</c>: calculates other people's estimates again. Ends with 1 where something is wrong.</summary>
internal static class PlanAuditCommand
{
    private const long Largest = 50_000_000;
    private static readonly Argument<FileInfo[]> Files = new("file") { Description = "Estimates as Markdown, CSV or JSON.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<AuditFormat> Format = new("--format") { Description = "table, json or csv.", DefaultValueFactory = _ => AuditFormat.Table };

    public static Command Create()
    {
        var audit = new Command("audit", "Check the sums, rows and prices of estimates.") { Files, Format, CommonOptions.Data };
        audit.SetAction(AuditAsync);
        return audit;
    }

    private static async Task<int> AuditAsync(ParseResult parsed, CancellationToken ct)
    {
        var files = new List<EstimateFile>();
        foreach (var file in parsed.GetRequiredValue(Files))
            files.Add(new EstimateFile(file.ToString(), await ReadAsync(file, ct)));
        // Not through DataFolder, which would make the folder: looking at an estimate changes nothing.
        var own = Path.Combine(CommonOptions.Read(CommonOptions.Builder(parsed).Configuration).Data, "prices");
        var answer = EstimateDesk.Answer(files, parsed.GetValue(Format), PriceBook.Read(own), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), ct);
        Console.OutputEncoding = Encoding.UTF8;
        await Console.Out.WriteAsync(answer.Text);
        return answer.Findings > 0 ? 1 : 0;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(FileInfo file, CancellationToken ct)
    {
        if (Directory.Exists(file.FullName))
            throw new CommandFailedException($"{file} is a folder, not a file.");
        try
        {
            return file.Length <= Largest ? await File.ReadAllBytesAsync(file.FullName, ct) : throw new CommandFailedException($"{file} is larger than {Largest / 1_000_000} MB.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{file} cannot be read: {failure.Message}", failure);
        }
    }
}
