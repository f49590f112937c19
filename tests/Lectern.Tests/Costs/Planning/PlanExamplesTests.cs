using System.Globalization;
using System.Text.Json;
using Lectern.Costs.Planning;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Yaml;
using Lectern.Tests.Costs.Prices;
using Lectern.Tests.Fakes;

namespace Lectern.Tests.Costs.Planning;

/// <summary>The plans of docs/plans, with the prices that ship.</summary>
public sealed class PlanExamplesTests
{
    private static readonly PlanDesk Desk = new(ShippedPricesTests.Catalogue, PlanWorld.Today);

    public static TheoryData<string> Plans => [.. Files];

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "plans"), "*.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    [Fact]
    public void There_is_one_for_each_founding_system() => Assert.Equal(["avatar-course-platform.yaml", "bella.yaml", "edunerve.yaml", "mavprep.yaml"], Files);

    [Theory, MemberData(nameof(Plans))]
    public void It_is_reckoned_on_every_cloud_in_a_table_of_a_hundred_columns(string file)
    {
        var answer = Answer(file, new PlanView("all", null, null, PlanFormat.Table));

        Assert.True(answer.IsUsable, answer.Text);
        Assert.Contains("Clouds side by side", answer.Text, StringComparison.Ordinal);
        Assert.All(answer.Text.Split('\n'), line => Assert.InRange(new StringInfo(line).LengthInTextElements, 0, 100));
    }

    [Theory, MemberData(nameof(Plans))]
    public void It_fits_the_schema(string file)
    {
        var problems = new List<YamlProblem>();

        YamlValidator.Read(Text(file), file, YamlSchema.Load(PlanDesk.Schema), problems);

        Assert.Empty(problems);
    }

    [Fact]
    public void The_schema_in_the_documentation_is_the_programs() =>
        Assert.Equal(PlanDesk.Schema, File.ReadAllText(Path.Combine(Repository.Root, "docs", "plans", "plan.schema.json")));

    // What the founding documents state in total, and what their rows come to.
    [Theory]
    [InlineData("edunerve.yaml", 1, "4,481.00", "5,481.00")]
    [InlineData("edunerve.yaml", 2, "8,240.00", "12,440")]
    [InlineData("edunerve.yaml", 3, "32,520", "41,520")]
    [InlineData("edunerve.yaml", 4, "58,180", "97,180")]
    [InlineData("bella.yaml", 1, "18.50", "45.91")]
    [InlineData("avatar-course-platform.yaml", 3, "131.26", "88.74")]
    public void The_estimate_that_it_quotes_is_added_up_beside_its_own_total(string file, int phase, string stated, string computed)
    {
        var reading = PlanReader.Read(Text(file), file, ShippedPricesTests.Catalogue, PlanWorld.Today);
        var quoted = reading.Plan!.Phases.Where(known => known.Documented.Count > 0).ToList().FindIndex(known => known == reading.Plan.Phases[phase - 1]); // the theory above says that it can be read
        var answer = Answer(file, new PlanView(null, quoted + 1, "documented", PlanFormat.Table));

        Assert.Contains($"The estimate states {stated} in total; its rows come to {computed}.", answer.Text.Replace("\n  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PlanFormat.Markdown, "| **Total** |")]
    [InlineData(PlanFormat.Html, "</html>")]
    [InlineData(PlanFormat.Csv, "category,service")]
    [InlineData(PlanFormat.Json, "\"lines\"")]
    public void Every_format_holds_the_bill(PlanFormat format, string mark)
    {
        var answer = Answer("mavprep.yaml", new PlanView("all", 2, null, format));

        Assert.Contains(mark, answer.Text, StringComparison.Ordinal);
        Assert.Contains("Amazon", answer.Text, StringComparison.Ordinal);
        if (format == PlanFormat.Json)
            Assert.Equal("MavPrep", JsonDocument.Parse(answer.Text).RootElement.GetProperty("plan").GetString());
    }

    [Theory]
    [InlineData("avatar-course-platform.yaml", 3)]
    [InlineData("bella.yaml", 1)]
    [InlineData("edunerve.yaml", 4)]
    [InlineData("mavprep.yaml", 4)]
    public void Every_phase_on_every_cloud_is_the_sum_of_its_lines_and_no_low_end_lies_above_the_high_one(string file, int phases)
    {
        foreach (var cloud in (string[])["aws", "azure", "gcp", "server"])
        {
            foreach (var phase in Enumerable.Range(1, phases))
            {
                var bill = JsonDocument.Parse(Answer(file, new PlanView(cloud, phase, null, PlanFormat.Json)).Text).RootElement;
                var (lines, total) = (bill.GetProperty("lines").EnumerateArray().ToList(), Ends(bill.GetProperty("total").GetProperty("monthly")));
                Assert.All(lines, line => Assert.True(Ends(line.GetProperty("monthly")) is var (low, high) && low <= high));
                Assert.InRange(lines.Sum(line => line.GetProperty("role").GetString() switch { "additive" => Ends(line.GetProperty("monthly")).Low, "saving" => -Ends(line.GetProperty("monthly")).High, _ => 0 }) - total.Low, -0.01m * lines.Count, 0.01m * lines.Count);
                Assert.InRange(lines.Sum(line => line.GetProperty("role").GetString() switch { "additive" or "optional" => Ends(line.GetProperty("monthly")).High, "saving" => -Ends(line.GetProperty("monthly")).Low, _ => 0 }) - total.High, -0.01m * lines.Count, 0.01m * lines.Count);
            }
        }

        static (decimal Low, decimal High) Ends(JsonElement interval) => (interval.GetProperty("low").GetDecimal(), interval.GetProperty("high").GetDecimal());
    }

    [Theory]
    [InlineData("nowhere", null, null, "There is no cloud")]
    [InlineData(null, 9, null, "The plan has 4 phases")]
    [InlineData(null, null, "huge", "There is no profile")]
    public void What_is_not_there_cannot_be_shown(string? cloud, int? phase, string? profile, string said)
    {
        var answer = Answer("mavprep.yaml", new PlanView(cloud, phase, profile, PlanFormat.Table));

        Assert.False(answer.IsUsable);
        Assert.StartsWith(said, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_interview_writes_a_plan_that_can_be_reckoned()
    {
        var yaml = Desk.Interview((_, _) => null, _ => { });

        var answer = Desk.Answer(yaml, "plan.yaml", new PlanView(null, null, null, PlanFormat.Table));

        Assert.True(answer.IsUsable, answer.Text);
        Assert.Contains("# How many students", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void The_interview_asks_again_after_a_slip_and_takes_ranges()
    {
        var answers = new Queue<string>(["many", "1,000", "[500, 600]"]);
        var complaints = new List<string>();

        var yaml = Desk.Interview((question, _) => question.Contains("students have an account", StringComparison.Ordinal) ? answers.Dequeue() : null, complaints.Add);

        Assert.Equal(2, complaints.Count);
        Assert.Contains("students: [500, 600]", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_a_spreadsheet_would_run_is_made_harmless()
    {
        var answer = Desk.Answer("plan: X\ndocumented:\n  - { service: '=1+1', category: 'a,\"b\"', stated: 5 USD }\n", "x.yaml", new PlanView(null, null, null, PlanFormat.Csv));

        Assert.Contains("\"a,\"\"b\"\"\",'=1+1,", answer.Text, StringComparison.Ordinal);
    }

    private static PlanAnswer Answer(string file, PlanView view) => Desk.Answer(Text(file), file, view);

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, "docs", "plans", file));
}
