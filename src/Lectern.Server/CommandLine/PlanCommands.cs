using System.CommandLine;
using System.Globalization;
using Lectern.Costs.Planning;
using Lectern.Costs.Yaml;

namespace Lectern.Server.CommandLine;

/// <summary><c>plan</c>: what Lectern will cost, from a file, before anything runs.</summary>
internal static class PlanCommands
{
    private static readonly Argument<FileInfo?> Plan = new("file") { Description = "The plan, a YAML file. Examples are in docs/plans.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Cloud = new("--cloud") { Description = "aws, azure, gcp, server, or all of them side by side (the plan's own)." };
    private static readonly Option<int?> Phase = new("--phase") { Description = "The phase whose lines are shown, from 1 (the last).", CustomParser = Number };
    private static readonly Option<string?> Profile = new("--profile") { Description = "Another profile than the plan's; documented: the estimate that the plan quotes, added up." };
    private static readonly Option<PlanFormat> Format = new("--format") { Description = "table, markdown, json, csv or html.", DefaultValueFactory = _ => PlanFormat.Table };
    private static readonly Argument<FileInfo> NewPlan = new("file") { Description = "Where to write it.", DefaultValueFactory = _ => new FileInfo("plan.yaml") };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Ask nothing; write what is supposed." };
    private static readonly Option<bool> Force = new("--force") { Description = "Write over a file that is there." };

    public static Command Create()
    {
        Cloud.AcceptOnlyFromAmong("aws", "azure", "gcp", "server", "all");
        var init = new Command("init", "Ask what a plan needs to know, and write it.") { NewPlan, Yes, Force, CommonOptions.Data };
        init.SetAction(Init);
        var schema = new Command("schema", "Show the JSON Schema of plan files, for editors.");
        schema.SetAction(_ => Console.Write(PlanDesk.Schema));
        var plan = new Command("plan", "Reckon what Lectern will cost.") { Plan, Cloud, Phase, Profile, Format, CommonOptions.Data, init, schema, PlanAuditCommand.Create() };
        plan.SetAction(Reckon);
        return plan;
    }

    private static int Reckon(ParseResult parsed)
    {
        var file = parsed.GetValue(Plan) ?? throw new CommandFailedException("Which plan? Name its file, or make one: lectern plan init.");
        var answer = Desk(parsed).Answer(Read(file), file.ToString(), new PlanView(parsed.GetValue(Cloud), parsed.GetValue(Phase), parsed.GetValue(Profile), parsed.GetValue(Format)));
        (answer.IsUsable ? Console.Out : Console.Error).Write(answer.Text);
        return answer.IsUsable ? 0 : 1;
    }

    private static void Init(ParseResult parsed)
    {
        var file = parsed.GetRequiredValue(NewPlan);
        if (file.Exists && !parsed.GetValue(Force))
            throw new CommandFailedException($"{file} is there already. Choose another name, or write over it with --force.");
        var text = Desk(parsed).Interview((question, supposed) => parsed.GetValue(Yes) ? null : Ask(question, supposed), Console.Error.WriteLine);
        File.WriteAllText(file.FullName, text);
        Console.WriteLine($"Written: {file}. Look through it, then: lectern plan {file}");
    }

    private static string? Ask(string question, string supposed)
    {
        Console.Write($"{question} [{supposed}] ");
        return Console.ReadLine();
    }

    private static string Read(FileInfo file)
    {
        if (Directory.Exists(file.FullName))
            throw new CommandFailedException($"{file} is a folder, not a file.");
        try
        {
            return File.ReadAllText(file.FullName);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{file} cannot be read: {failure.Message}", failure);
        }
    }

    private static int? Number(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        result.AddError($"'{result.Tokens[0].Value}' is no number of a phase; write 1, 2, …");
        return null;
    }

    // The prices of the installation count, where there is one; none is made for a plan.
    private static PlanDesk Desk(ParseResult parsed)
    {
        try
        {
            var data = CommonOptions.Read(CommonOptions.Builder(parsed).Configuration).Data;
            return PlanDesk.Open(Path.Combine(data, "prices"), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        }
        catch (YamlProblemsException problems)
        {
            throw new CommandFailedException(problems.Message, problems);
        }
    }
}
