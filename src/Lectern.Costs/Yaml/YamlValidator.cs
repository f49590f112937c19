using System.Globalization;

namespace Lectern.Costs.Yaml;

/// <summary>Holds a file against a schema; every difference is named with its place, nothing is guessed.</summary>
internal sealed class YamlValidator(string file, List<YamlProblem> problems)
{
    /// <summary>Reads and validates in one step.</summary>
    /// <returns>The document when it fits the schema; null, and the problems, when not.</returns>
    public static YamlMap? Read(string text, string file, YamlSchema schema, List<YamlProblem> problems)
    {
        var before = problems.Count;
        if (YamlReader.Read(text, file, problems) is not { } node)
            return null;
        new YamlValidator(file, problems).Check(node, schema, "The file");
        return problems.Count == before ? node as YamlMap : null;
    }

    /// <param name="name">What the value is called in messages.</param>
    public void Check(YamlNode node, YamlSchema schema, string name)
    {
        schema = schema.Resolved;
        if (schema.AnyOf.Count > 0)
        {
            CheckAny(node, schema, name);
            return;
        }
        if (!Fits(node.Type, schema))
        {
            Report(node, schema.ErrorMessage ?? "{0} takes {1}, not {2}.", name, Expected(schema.Types), Found(node));
            return;
        }
        switch (node)
        {
            case YamlMap map: CheckMap(map, schema, name); break;
            case YamlList list: CheckList(list, schema, name); break;
            case YamlScalar scalar: CheckScalar(scalar, schema, name); break;
        }
    }

    private void CheckAny(YamlNode node, YamlSchema schema, string name)
    {
        var branches = schema.AnyOf.Select(branch => branch.Resolved).Where(branch => Fits(node.Type, branch)).ToList();
        if (branches.Count == 0)
        {
            Report(node, schema.ErrorMessage ?? "{0} takes {1}, not {2}.", name, Expected([.. schema.AnyOf.SelectMany(branch => branch.Resolved.Types)]), Found(node));
            return;
        }
        List<YamlProblem> fewest = [];
        foreach (var branch in branches)
        {
            var found = new List<YamlProblem>();
            new YamlValidator(file, found).Check(node, branch, name);
            if (found.Count == 0)
                return;
            if (fewest.Count == 0 || found.Count < fewest.Count)
                fewest = found;
        }
        problems.AddRange(fewest);
    }

    private void CheckMap(YamlMap map, YamlSchema schema, string name)
    {
        foreach (var missing in schema.Required.Where(required => map[required] is null))
            Report(map, "\"{0}\" is missing.", missing);
        if (map.Entries.Count < schema.MinimumCount || map.Entries.Count > schema.MaximumCount)
            Report(map, "{0} has {1} entries.", name, map.Entries.Count);
        foreach (var (key, value) in map.Entries)
        {
            if (schema.Properties.TryGetValue(key.Text, out var property))
                Check(value, property, Quoted(key.Text));
            else if (schema.Others is { } others)
                CheckOther(key, value, schema, others);
            else if (!schema.AllowsOthers)
                ReportUnknown(key, schema.Properties.Keys);
        }
    }

    private void CheckOther(YamlScalar key, YamlNode value, YamlSchema schema, YamlSchema others)
    {
        if (schema.Names is { } names)
            CheckText(key, names.Resolved, Quoted(key.Text));
        Check(value, others, Quoted(key.Text));
    }

    private void ReportUnknown(YamlScalar key, IEnumerable<string> known)
    {
        if (NearestWord.Of(key.Text, known) is { } near)
            Report(key, "\"{0}\" is not known here. Did you mean \"{1}\"?", key.Text, near);
        else
            Report(key, "\"{0}\" is not known here. Known are: {1}.", key.Text, string.Join(", ", known));
    }

    private void CheckList(YamlList list, YamlSchema schema, string name)
    {
        if (list.Items.Count < schema.MinimumCount || list.Items.Count > schema.MaximumCount)
            Report(list, "{0} has {1} entries.", name, list.Items.Count);
        if (schema.Items is not { } item)
            return;
        foreach (var entry in list.Items)
            Check(entry, item, name);
    }

    private void CheckScalar(YamlScalar scalar, YamlSchema schema, string name)
    {
        if (scalar.Type is "integer" or "number" && scalar.Number is { } number)
            CheckNumber(scalar, number, schema, name);
        CheckText(scalar, schema, name);
    }

    private void CheckNumber(YamlScalar scalar, decimal number, YamlSchema schema, string name)
    {
        if (schema.Minimum is { } minimum && number < minimum)
            Report(scalar, schema.ErrorMessage ?? "{0} is {1}; the least is {2}.", name, scalar.Text, minimum);
        else if (schema.ExclusiveMinimum is { } above && number <= above)
            Report(scalar, schema.ErrorMessage ?? "{0} is {1}; it has to be more than {2}.", name, scalar.Text, above);
        else if (schema.Maximum is { } maximum && number > maximum)
            Report(scalar, schema.ErrorMessage ?? "{0} is {1}; the most is {2}.", name, scalar.Text, maximum);
    }

    private void CheckText(YamlScalar scalar, YamlSchema schema, string name)
    {
        if (schema.Enum.Count > 0 && !schema.Enum.Contains(scalar.Text))
            ReportChoice(scalar, schema.Enum, name);
        else if (schema.Pattern is { } pattern && !pattern.IsMatch(scalar.Text))
            Report(scalar, schema.ErrorMessage ?? "{0} is \"{1}\", which is not written as it has to be.", name, scalar.Text);
        else if (scalar.Text.Length > schema.MaximumLength || (scalar.Type == "string" && scalar.Text.Length < schema.MinimumCount))
            Report(scalar, "{0} is {1} characters long.", name, scalar.Text.Length);
        else if (schema.IsDate && !DateOnly.TryParseExact(scalar.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            Report(scalar, schema.ErrorMessage ?? "{0} takes a day such as 2026-11-20, not \"{1}\".", name, scalar.Text);
    }

    private void ReportChoice(YamlScalar scalar, IReadOnlyList<string> choices, string name)
    {
        if (NearestWord.Of(scalar.Text, choices) is { } near)
            Report(scalar, "{0} is \"{1}\". Did you mean \"{2}\"?", name, scalar.Text, near);
        else
            Report(scalar, "{0} is \"{1}\". Known are: {2}.", name, scalar.Text, string.Join(", ", choices));
    }

    private static bool Fits(string type, YamlSchema schema) =>
        schema.Types.Count == 0 || schema.Types.Contains(type) || (type == "integer" && schema.Types.Contains("number"));

    private static string Expected(IReadOnlyList<string> types) => string.Join(" or ", types.Distinct().Select(Words));

    private static string Found(YamlNode node) => node is YamlScalar { Type: not "null" } scalar ? Quoted(scalar.Text) : Words(node.Type);

    private static string Words(string type) => type switch
    {
        "object" => "a group of values",
        "array" => "a list",
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        _ => "nothing",
    };

    private static string Quoted(string text) => text.Length <= 60 ? $"\"{text}\"" : $"\"{text[..60]}…\"";

    private void Report(YamlNode at, string text, params object[] arguments) => problems.Add(new YamlProblem(file, at.Line, at.Column, text, arguments));
}
