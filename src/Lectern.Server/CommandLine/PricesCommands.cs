using System.CommandLine;
using System.Text.Json;
using Lectern.Costs.Prices;
using Lectern.Costs.Yaml;

namespace Lectern.Server.CommandLine;

/// <summary><c>prices check</c> and <c>prices list</c>: what the catalogue knows, and what somebody should look at. Needs no database.</summary>
internal static class PricesCommands
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly Option<string> Format = new("--format") { Description = "table or json.", DefaultValueFactory = _ => "table" };
    private static readonly Option<string?> Provider = new("--provider") { Description = "Only prices of this provider: aws, azure, gcp, hetzner, openai …" };
    private static readonly Option<string?> Schema = new("--schema") { Description = "Write the JSON Schema of price files to this file." };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong("table", "json");
        var check = new Command("check", "Read all price files; list prices that are older than 180 days, unverified or retired. Exit code 1 when a file has a problem.") { Format, Schema, CommonOptions.Data };
        check.SetAction(Check);
        var list = new Command("list", "List the prices.") { Provider, Format, CommonOptions.Data };
        list.SetAction(List);
        return new Command("prices", "The catalogue of prices that plans and bills stand on.") { check, list };
    }

    private static int Check(ParseResult parsed)
    {
        if (parsed.GetValue(Schema) is { } schema)
            File.WriteAllText(schema, PriceBook.Schema);
        var report = PriceReport.Of(Folder(parsed), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        if (parsed.GetValue(Format) == "json")
            Console.WriteLine(JsonSerializer.Serialize(new { report.Items, Problems = report.Problems.Select(Shape), Findings = report.Findings.Select(Shape) }, Json));
        else
            Write(report);
        return report.Problems.Count == 0 ? 0 : 1;
    }

    private static void Write(PriceReport report)
    {
        foreach (var problem in report.Problems)
            Console.Error.WriteLine(problem);
        if (report.Problems.Count > 0)
            return;
        WriteTable(["price", "checked", "days", "evidence", "why"], report.Findings.Select(finding => new[]
        {
            finding.Item.Id, $"{finding.Item.Checked:yyyy-MM-dd}", $"{finding.AgeDays}", Word(finding.Item.Evidence), string.Join(", ", Why(finding)),
        }));
        Console.WriteLine($"{report.Items} prices: {report.Findings.Count(finding => finding.IsStale)} older than {PriceCatalogue.StaleAfterDays} days, {report.Findings.Count(finding => finding.IsUnverified)} unverified, {report.Findings.Count(finding => finding.IsRetired)} retired or closed to new customers.");
    }

    private static int List(ParseResult parsed)
    {
        var items = Read(parsed).Items.Values.SelectMany(versions => versions).Where(item => parsed.GetValue(Provider) is not { } provider || item.Provider == provider).OrderBy(item => item.Id, StringComparer.Ordinal).ToList();
        if (items.Count == 0)
            throw new CommandFailedException($"There are no prices of {parsed.GetValue(Provider)}.");
        if (parsed.GetValue(Format) == "json")
            Console.WriteLine(JsonSerializer.Serialize(items.Select(Shape), Json));
        else
            WriteTable(["price", "what", "unit", "region", "first rate", "evidence", "checked"], items.SelectMany(item => item.Prices.Select(price => new[]
            {
                item.Id, $"{item.Service}: {item.Meter}", item.Unit.Text, price.Region, $"{item.Currency} {price.Rate.First}{(price.Rate.IsFlat ? "" : " …")}", Word(item.Evidence), $"{item.Checked:yyyy-MM-dd}",
            })));
        return 0;
    }

    private static PriceCatalogue Read(ParseResult parsed)
    {
        try
        {
            return PriceBook.Read(Folder(parsed));
        }
        catch (YamlProblemsException invalid)
        {
            throw new CommandFailedException(invalid.Message, invalid);
        }
    }

    // Not through DataFolder, which would make the folder: looking at prices changes nothing.
    private static string Folder(ParseResult parsed) => Path.Combine(CommonOptions.Read(CommonOptions.Builder(parsed).Configuration).Data, "prices");

    private static IEnumerable<string> Why(PriceFinding finding)
    {
        if (finding.IsStale)
            yield return "stale";
        if (finding.IsUnverified)
            yield return "unverified";
        if (finding.IsRetired)
            yield return finding.Item.Successor is { } successor ? $"retired, see {successor}" : "retired";
    }

    private static object Shape(YamlProblem problem) => new { problem.File, problem.Line, problem.Column, problem.Message };

    private static object Shape(PriceFinding finding) =>
        new { finding.Item.Id, finding.Item.Provider, finding.Item.Checked, finding.AgeDays, Evidence = Word(finding.Item.Evidence), finding.IsStale, finding.IsUnverified, finding.IsRetired, finding.Item.Successor, finding.Item.Source, finding.Item.Origin };

    private static object Shape(PriceItem item) => new
    {
        item.Id, item.Provider, item.Kind, item.Service, item.Meter, Unit = item.Unit.Text, item.Currency,
        Prices = item.Prices.Select(price => new { price.Region, Tiers = price.Rate.Tiers.Select(tier => new { tier.UpTo, tier.Rate }) }),
        item.ValidFrom, item.ValidTo, item.RetiredOn, item.Successor, item.Checked, Evidence = Word(item.Evidence), item.Source, item.Note,
    };

    private static string Word(Evidence evidence) => evidence.ToString().ToLowerInvariant();

    private static void WriteTable(string[] head, IEnumerable<string[]> rows)
    {
        List<string[]> lines = [head, .. rows];
        var widths = head.Select((_, column) => lines.Max(line => line[column].Length)).ToList();
        foreach (var line in lines)
            Console.WriteLine(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
