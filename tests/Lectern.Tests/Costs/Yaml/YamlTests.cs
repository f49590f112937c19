using Lectern.Costs.Yaml;

namespace Lectern.Tests.Costs.Yaml;

public sealed class YamlTests
{
    private static readonly YamlSchema Schema = YamlSchema.Load("""
        {
          "type": "object", "additionalProperties": false, "required": ["students"],
          "properties": {
            "students": { "$ref": "#/$defs/amount" },
            "sessionsPerStudent": { "$ref": "#/$defs/amount" },
            "cloud": { "type": "string", "enum": ["aws", "azure", "gcp"] },
            "start": { "type": "string", "format": "date" },
            "memory": { "type": "string", "pattern": "^[0-9]+ GB$", "errorMessage": "{0} takes a size with its unit, such as \"4 GB\", not \"{1}\"." },
            "minutes": { "type": "number", "minimum": 0, "maximum": 600 }
          },
          "$defs": { "amount": { "anyOf": [ { "type": "number", "minimum": 0 }, { "type": "array", "minItems": 2, "maxItems": 2, "items": { "type": "number", "minimum": 0 } } ] } }
        }
        """);

    [Fact]
    public void A_file_that_fits_is_read_with_its_values_and_lines()
    {
        var problems = new List<YamlProblem>();

        var map = YamlValidator.Read("# a plan\nstudents: [100, 2e3]\ncloud: aws # cheap?\nstart: 2027-01-01\nmemory: 4 GB\n", "plan.yaml", Schema, problems);

        Assert.Empty(problems);
        Assert.Equal([100m, 2000m], map!.Items("students").Select(item => ((YamlScalar)item).Number)); // no problems: it was read
        Assert.Equal(("aws", "4 GB", 5), (map.Text("cloud"), map.Text("memory"), map["memory"]!.Line)); // as above
    }

    [Theory]
    [InlineData("students: 5\nsessions_per_student: 3\n", "plan.yaml:2:1: \"sessions_per_student\" is not known here. Did you mean \"sessionsPerStudent\"?")]
    [InlineData("students: 5\ncolour: red\n", "plan.yaml:2:1: \"colour\" is not known here. Known are: students, sessionsPerStudent, cloud, start, memory, minutes.")]
    [InlineData("cloud: aws\n", "plan.yaml:1:1: \"students\" is missing.")]
    [InlineData("students: many\n", "plan.yaml:1:11: \"students\" takes a number or a list, not \"many\".")]
    [InlineData("students: 1.234,50 €\n", "plan.yaml:1:11: \"students\" takes a number or a list, not \"1.234,50 €\".")]
    [InlineData("students: -3\n", "plan.yaml:1:11: \"students\" is -3; the least is 0.")]
    [InlineData("students: [1, 2, 3]\n", "plan.yaml:1:11: \"students\" has 3 entries.")]
    [InlineData("students: [1, -2]\n", "plan.yaml:1:15: \"students\" is -2; the least is 0.")]
    [InlineData("students: \"5\"\n", "plan.yaml:1:11: \"students\" takes a number or a list, not \"5\".")]
    [InlineData("students:\n", "plan.yaml:1:10: \"students\" takes a number or a list, not nothing.")]
    [InlineData("students: .nan\n", "plan.yaml:1:11: \"students\" takes a number or a list, not \".nan\".")]
    [InlineData("students: 1e99\n", "plan.yaml:1:11: \"students\" takes a number or a list, not \"1e99\".")]
    [InlineData("students: 5\nminutes: 601\n", "plan.yaml:2:10: \"minutes\" is 601; the most is 600.")]
    [InlineData("students: 5\ncloud: azur\n", "plan.yaml:2:8: \"cloud\" is \"azur\". Did you mean \"azure\"?")]
    [InlineData("students: 5\nstart: 2027-02-30\n", "plan.yaml:2:8: \"start\" takes a day such as 2026-11-20, not \"2027-02-30\".")]
    [InlineData("students: 5\nmemory: 4Gb\n", "plan.yaml:2:9: \"memory\" takes a size with its unit, such as \"4 GB\", not \"4Gb\".")]
    [InlineData("students: 5\nstudents: 6\n", "plan.yaml:2:1: \"students\" stands here a second time; the first is in line 1.")]
    [InlineData("- 1\n- 2\n", "plan.yaml:1:1: The file takes a group of values, not a list.")]
    [InlineData("students: &a 5\nminutes: *a\n", "plan.yaml:2:10: References to other places (*a) are not read. Write the value out.")]
    [InlineData("students: 5\n---\nstudents: 6\n", "plan.yaml:2:1: The file holds more than one document.")]
    [InlineData("", "plan.yaml:1:1: The file is empty.")]
    [InlineData("? [a]\n: 5\n", "plan.yaml:1:3: A name is expected here, not a list or a group of values.")]
    public void A_slip_is_named_with_its_place(string yaml, string problem) => Assert.Equal([problem], Problems(yaml));

    [Theory]
    [InlineData("students: {\n")]
    [InlineData("students: \"5\n")]
    [InlineData("students: 5\n\tcloud: aws\n")]
    public void What_is_no_YAML_is_named_with_its_line(string yaml) => Assert.Contains("This is not valid YAML", Assert.Single(Problems(yaml)), StringComparison.Ordinal);

    [Fact]
    public void Hostile_nesting_and_length_are_refused_early()
    {
        Assert.Contains("nested", Assert.Single(Problems("students: " + new string('[', 20_000))), StringComparison.Ordinal);
        Assert.Contains("longer", Assert.Single(Problems(new string('#', 600_000))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_with_a_rule_that_is_not_kept_is_refused() => Assert.Throws<NotSupportedException>(() => YamlSchema.Load("""{ "type": "object", "dependentRequired": {} }"""));

    private static List<string> Problems(string yaml)
    {
        var problems = new List<YamlProblem>();
        YamlValidator.Read(yaml, "plan.yaml", Schema, problems);
        return [.. problems.Select(problem => problem.ToString())];
    }
}
