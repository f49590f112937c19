using System.Globalization;
using System.Text;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Lectern.Costs.Planning.Pages;

/// <summary>What the page's address says: all of it, so that the address can be shared. A plan file comes out of it, which the same reader checks.</summary>
internal sealed class PlanPageState
{
    /// <summary>The hidden field with the numbers that were shown: it tells whether the slider or the number was moved.</summary>
    public const string Shown = "shown";

    /// <summary>Longer is no number that anybody typed.</summary>
    private const int LongestNumber = 20;

    private readonly Dictionary<string, string> _numbers;

    private PlanPageState(Dictionary<string, string> numbers, bool hasSliders) => (_numbers, HasSliders) = (numbers, hasSliders);

    /// <summary>The form was sent with its sliders: the page answers with the address that says it once.</summary>
    public bool HasSliders { get; }

    public ProfileKind Profile { get; private init; } = ProfileKind.TwoZones;

    public Cloud Cloud { get; private init; } = Cloud.Aws;

    public Purchase Purchase { get; private init; } = Purchase.OnDemand;

    public string Model { get; private init; } = "openai-gpt-4o-mini";

    /// <summary>The numbers as they are shown, in the order of the fields.</summary>
    public string ShownNumbers => string.Join('_', PlanField.All.Select(NumberOf));

    public static PlanPageState Of(IQueryCollection query)
    {
        var shown = query[Shown].ToString().Split('_');
        var numbers = PlanField.All.Select((field, index) => (field.Name, Number: Read(query, field, index < shown.Length ? shown[index] : null))).ToDictionary(read => read.Name, read => read.Number);
        return new PlanPageState(numbers, query.ContainsKey(Shown))
        {
            Profile = PlanWords.Profiles.GetValueOrDefault(query["profile"].ToString(), ProfileKind.TwoZones) is var profile and not ProfileKind.Documented ? profile : ProfileKind.TwoZones,
            Cloud = PlanWords.Clouds.GetValueOrDefault(query["cloud"].ToString(), Cloud.Aws),
            Purchase = PlanWords.Purchases.GetValueOrDefault(query["purchase"].ToString(), Purchase.OnDemand),
            Model = query["model"].ToString() is { Length: > 0 and < 80 } model ? model : "openai-gpt-4o-mini",
        };
    }

    public string NumberOf(PlanField field) => _numbers[field.Name];

    /// <summary>The number, or what stands in the field at first where it cannot be read.</summary>
    public decimal ValueOf(PlanField field) => decimal.TryParse(_numbers[field.Name], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : field.Number;

    /// <summary>Such as <c>?students=600&amp;cloud=aws</c>.</summary>
    public string Query()
    {
        var query = new QueryBuilder();
        foreach (var field in PlanField.All)
            query.Add(field.Name, NumberOf(field));
        query.Add("profile", PlanWords.Of(PlanWords.Profiles, Profile));
        query.Add("cloud", PlanWords.Of(PlanWords.Clouds, Cloud));
        query.Add("purchase", PlanWords.Of(PlanWords.Purchases, Purchase));
        query.Add("model", Model);
        return query.ToString();
    }

    /// <summary>The same as a plan file, for the command line.</summary>
    public string Yaml(DateOnly start)
    {
        var yaml = new StringBuilder($"plan: Plan\nstart: {start.ToString("yyyy-MM", CultureInfo.InvariantCulture)}\nprofile: {PlanWords.Of(PlanWords.Profiles, Profile)}\ncloud: {PlanWords.Of(PlanWords.Clouds, Cloud)}\npurchase: {PlanWords.Of(PlanWords.Purchases, Purchase)}\n");
        foreach (var field in PlanField.All.Where(field => !field.IsWorkload))
            yaml.Append(Figure(field));
        yaml.Append("workload:\n");
        foreach (var field in PlanField.All.Where(field => field.IsWorkload))
            yaml.Append("  " + Figure(field));
        return yaml.Append($"services:\n  model: {Quoted(Model)}\n").ToString();
    }

    private string Figure(PlanField field) => field.Name switch
    {
        // Nobody is paid: the plan then says itself that people are not counted.
        PlanField.Staff when ValueOf(field) == 0 && NumberOf(field).All(letter => letter is '0' or '.') => "",
        PlanField.Staff => $"staff:\n  - {{ name: Staff, people: 1, salary: {Quoted($"{NumberOf(field)} USD/month")} }}\n",
        _ => $"{field.Name}: {Quoted($"{NumberOf(field)} {field.Suffix}".Trim())}\n",
    };

    // What somebody wrote into the address is a text to YAML, whatever signs are in it.
    private static string Quoted(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '.' or '-' or '%' or '/') && text.Length > 0 && text[0] is not ('-' or '%') ? text : $"\"{string.Concat(text.Where(letter => !char.IsControl(letter))).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Read(IQueryCollection query, PlanField field, string? shown)
    {
        var written = query[field.Name].ToString().Trim();
        var number = written.Length is > 0 and <= LongestNumber ? written : PlanField.Write(field.Number);
        if (shown is null || !decimal.TryParse(query[field.SliderName], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var place) || !decimal.TryParse(shown, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var before))
            return number;
        // The number stands as it was, and the slider does not: the slider was moved.
        return number == shown && place != field.SliderOf(before) ? PlanField.Write(field.NumberAt(place)) : number;
    }
}
