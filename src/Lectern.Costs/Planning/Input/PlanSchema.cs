using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lectern.Costs.Planning.Input;

/// <summary>The JSON Schema of plan files, for editors that complete and check while one writes; made from the lists that the reader uses, so that both say the same.</summary>
internal static class PlanSchema
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text { get; } = Make().ToJsonString(Json) + "\n";

    private static JsonObject Make() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["$id"] = "urn:lectern:schema:plan",
        ["title"] = "Plan",
        ["description"] = "What a school does in a month, and how it is to be run: what Lectern reckons a bill from.",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray("plan"),
        ["properties"] = new JsonObject
        {
            ["plan"] = Words("The name of the plan."),
            ["start"] = Month("The first month."),
            ["until"] = Month("The last month."),
            ["profile"] = Choice(PlanWords.Profiles.Keys, "How the program is run."),
            ["cloud"] = Choice(PlanWords.Clouds.Keys, "Where it is run."),
            ["region"] = Words("The region, as its provider names it."),
            ["regions"] = Group(PlanWords.Clouds.Keys.Select(cloud => (cloud, (JsonNode)Words("The region there."))), "Regions of the clouds that are put beside each other."),
            ["region-count"] = Figure(PlanUnit.Count, "How many regions, with the profile several-regions."),
            ["purchase"] = Choice(PlanWords.Purchases.Keys, "How servers and databases are bought."),
            ["account-opened"] = Pattern(@"^\d{4}-\d{2}-\d{2}$", "The day when the account was opened: older ones have other free allowances."),
            ["head-room"] = Figure(PlanUnit.Share, "What servers keep free at the busiest moment."),
            ["availability"] = Figure(PlanUnit.Share, "The share of time that is promised."),
            ["budget"] = Figure(PlanUnit.MoneyPerMonth, "What was approved."),
            ["alarms"] = List(Figure(PlanUnit.MoneyPerMonth, "An alarm on spending."), "Alarms that somebody wants."),
            ["paying"] = Figure(PlanUnit.Share, "The share of students for whom somebody pays."),
            ["workload"] = Reference("workload"),
            ["storage"] = Reference("storage"),
            ["services"] = Group(PlanWords.Services.Select(service => (service, (JsonNode)Words("An id of the price catalogue, or none."))), "Services of other providers."),
            ["existing"] = List(Row(PlanWords.Kept, key => key switch { "price" => Price(PlanUnit.MoneyPerMonth), "role" => Choice(PlanWords.Roles.Keys, "How it counts."), _ => Words("") }, "name", "price"), "Services that stay as they are."),
            ["staff"] = List(Row(PlanWords.Staff, key => key switch { "people" => Figure(PlanUnit.Count, ""), "salary" => Figure(PlanUnit.MoneyPerMonth, "For one."), _ => Words("") }, "name", "salary"), "People who run and support the school."),
            ["phases"] = List(Row(PlanWords.Phase, PhaseKey, "name", "from"), "Stretches of the plan; each puts its own figures over those of the plan."),
            ["documented"] = Reference("documented"),
            ["stated-total"] = Figure(PlanUnit.MoneyPerMonth, "The total that the estimate prints."),
        },
        ["$defs"] = new JsonObject
        {
            ["workload"] = Group(WorkloadInputs.All.Select(input => (input.Key, (JsonNode)Figure(input.Unit, input.Question + (input.Default is null ? "" : $" Supposed: {input.Default}.")))), "What is done in a month."),
            ["storage"] = List(Row(PlanWords.StorageRow, key => key switch
            {
                "kind" => Choice(PlanWords.Storage.Keys, "How often it is read."),
                "start" => Figure(PlanUnit.Data, "What is there at the start."),
                "growth" => Figure(PlanUnit.DataPerMonth, "What comes each month."),
                "keep" => AnyOf(Choice(["forever"], ""), Figure(PlanUnit.Months, "")),
                _ => Words(""),
            }, "name", "kind"), "What is kept."),
            ["documented"] = List(Row(PlanWords.Documented, key => key switch
            {
                "quantity" => Figure(PlanUnit.Count, ""),
                "unit-price" or "stated" => Price(PlanUnit.Money),
                "role" => Choice(PlanWords.Roles.Keys, "How it counts."),
                _ => Words(""),
            }, "service"), "Rows of somebody's estimate, as they are."),
        },
    };

    private static JsonNode PhaseKey(string key) => key switch
    {
        "from" => Month("Its first month."),
        "profile" => Choice(PlanWords.Profiles.Keys, "How the program is run."),
        "purchase" => Choice(PlanWords.Purchases.Keys, "How servers and databases are bought."),
        "workload" or "storage" or "documented" => Reference(key),
        "stated-total" => Figure(PlanUnit.MoneyPerMonth, ""),
        _ => Words(""),
    };

    // A bare number is an integer or a number to YAML; everything with a unit is a text.
    private static JsonObject Figure(PlanUnit unit, string description)
    {
        var one = unit == PlanUnit.Count ? new JsonObject { ["type"] = "number", ["minimum"] = 0 } : Pattern($@"^\d+(\.\d+)?\s*({string.Join('|', QuantityText.Spellings(unit).Select(Regex.Escape))})$", "");
        var figure = AnyOf(one, new JsonObject { ["type"] = "array", ["minItems"] = 2, ["maxItems"] = 2, ["items"] = one.DeepClone() });
        figure["description"] = description;
        figure["examples"] = new JsonArray(QuantityText.Example(unit));
        return figure;
    }

    private static JsonObject Price(PlanUnit unit) => AnyOf(Choice(["free"], ""), Figure(unit, ""));

    private static JsonObject AnyOf(params JsonNode[] branches) => new() { ["anyOf"] = new JsonArray(branches) };

    private static JsonObject Month(string description) => Pattern(@"^\d{4}-\d{2}$", description);

    private static JsonObject Pattern(string pattern, string description) => new() { ["type"] = "string", ["pattern"] = pattern, ["description"] = description };

    private static JsonObject Words(string description) => new() { ["type"] = new JsonArray("string", "number", "integer"), ["description"] = description };

    private static JsonObject Choice(IEnumerable<string> words, string description) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]), ["description"] = description };

    private static JsonObject List(JsonNode items, string description) => new() { ["type"] = "array", ["items"] = items, ["description"] = description };

    private static JsonObject Group(IEnumerable<(string Key, JsonNode Schema)> keys, string description) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(keys.Select(key => KeyValuePair.Create(key.Key, (JsonNode?)key.Schema))),
        ["description"] = description,
    };

    private static JsonObject Row(IEnumerable<string> keys, Func<string, JsonNode> schema, params string[] required)
    {
        var row = Group(keys.Select(key => (key, schema(key))), "");
        row["required"] = new JsonArray([.. required.Select(key => (JsonNode)key)]);
        return row;
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = "#/$defs/" + name };
}
