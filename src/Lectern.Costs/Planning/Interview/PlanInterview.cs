using System.Globalization;
using System.Text;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Parts;
using Lectern.Costs.Prices;
using Lectern.Costs.Yaml;

namespace Lectern.Costs.Planning.Interview;

/// <summary>Asks the questions of a plan, one by one, and writes the file with a comment to each key.</summary>
internal sealed class PlanInterview(PriceCatalogue catalogue, DateOnly today)
{
    public string Write(Func<string, string, string?> ask, Action<string> complain)
    {
        var text = new StringBuilder("# A plan for Lectern: what it will cost before it runs.\n# Every figure may be a range: [low, high]. Units belong to the figures: 15 min, 80 %, 20 GB.\n\n");
        var name = One("What is the plan called?", "Our school", _ => null);
        text.Append($"plan: {Quoted(name)}\n");
        Line("start", "In which month does it start (year-month)?", today.AddMonths(1).ToString("yyyy-MM", CultureInfo.InvariantCulture), Reads("start"));
        Line("profile", $"How is it run: {string.Join(", ", PlanWords.Profiles.Keys.Where(word => word != "documented"))}?", "two-zones", Reads("profile"));
        var cloud = Line("cloud", $"Where: {string.Join(", ", PlanWords.Clouds.Keys)}?", "aws", Reads("cloud"));
        Line("region", $"In which region there ({string.Join(", ", Regions(cloud).Take(6))} …; 'none' for that of reference)?", "none", _ => null);
        Line("purchase", $"How are servers bought: {string.Join(", ", PlanWords.Purchases.Keys)}?", "on-demand", Reads("purchase"));
        Line("head-room", "What should servers keep free at the busiest moment?", "50 %", Reads("head-room"));
        Line("budget", "What was approved for a month (such as 1500 USD/month; 'none' when nothing was)?", "none", answer => answer == "none" ? null : Reads("budget")(answer));
        text.Append("\nworkload:\n");
        foreach (var input in WorkloadInputs.All.Where(input => input != WorkloadInputs.Logs))
            Line(input.Key, input.Question, input.Default ?? "100", answer => Problem($"plan: x\nworkload:\n  {input.Key}: {answer}\n{(input == WorkloadInputs.Students ? "" : "  students: 1\n")}", 2), "  ");
        text.Append("\nservices:\n");
        foreach (var service in PlanWords.Services)
            Line(service, $"Which service for {service} ({string.Join(", ", PlanServiceItems.Known(catalogue, service).Take(5))} …)?", Supposed(service), answer => PlanServiceItems.Known(catalogue, service).Contains(answer) ? null : $"'{answer}' is not in the catalogue: {string.Join(", ", PlanServiceItems.Known(catalogue, service))}", "  ");
        return text.Append(Rest).ToString();

        string Line(string key, string question, string supposed, Func<string, string?> problem, string indent = "")
        {
            var answer = One(question, supposed, problem);
            text.Append($"{indent}# {question}\n");
            text.Append(answer == "none" && indent.Length == 0 ? $"{indent}# {key}: …\n" : $"{indent}{key}: {answer}\n");
            return answer;
        }

        string One(string question, string supposed, Func<string, string?> problem)
        {
            // Three slips, and what is supposed is taken: nobody is held here for ever.
            for (var attempt = 0; attempt < 3; attempt++)
            {
                var answer = ask(question, supposed)?.Trim();
                if (answer is null or "" || answer == supposed)
                    return supposed;
                if (problem(answer) is not { } wrong)
                    return answer;
                complain(wrong);
            }
            complain($"Taken instead: {supposed}");
            return supposed;
        }
    }

    private const string Rest = """

        # What is kept: hot (read often), cool, archive; database for rows.
        # storage:
        #   - { name: Videos, kind: hot, start: 50 GB, growth: 5 GB/month, keep: forever }

        # What stays as it is.
        # existing:
        #   - { name: Certificates, category: Certificates, price: 50 USD/month }

        # People who run and support the school: they are not in the bill, but in what a student has to pay.
        # staff:
        #   - { name: Administrator, people: 1, salary: 4000 USD/month }

        # Growth, step by step; each phase puts its own figures over those above.
        # phases:
        #   - { name: Pilot, from: 2027-01, workload: { students: 40 } }
        """;

    private static string Supposed(string service) => service switch
    {
        "model" => "openai-gpt-4o-mini",
        "speech-to-text" => "openai-gpt-4o-mini-transcribe",
        "text-to-speech" => "openai-tts-1",
        "mail" => "aws-ses",
        _ => PlanServiceItems.None,
    };

    private IEnumerable<string> Regions(string cloud)
    {
        var provider = Profiles.Topology.ProviderOf(ProfileKind.TwoZones, PlanWords.Clouds.GetValueOrDefault(cloud));
        return catalogue.Regions.Where(region => region.Provider == provider).Select(region => region.Id);
    }

    private Func<string, string?> Reads(string key) => answer => Problem($"plan: x\nworkload: {{ students: 1 }}\n{key}: {answer}\n", 3);

    private string? Problem(string yaml, int fromLine) =>
        PlanReader.Read(yaml, "", catalogue, today).Problems.FirstOrDefault(problem => problem.Line >= fromLine) is { } found ? found.Message : null;

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
