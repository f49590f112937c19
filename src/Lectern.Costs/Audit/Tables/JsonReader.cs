using System.Text;
using System.Text.Json;
using Lectern.Costs.Audit.Reading;

namespace Lectern.Costs.Audit.Tables;

/// <summary>Finds tables in JSON: each array of objects is one. A total that stands beside its array becomes its last row.</summary>
internal sealed class JsonReader(EstimateText source, EstimateContent content)
{
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(source.Text);
    private int _countedTo;
    private int _line = 1;

    public void Read()
    {
        var reader = new Utf8JsonReader(_bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 });
        try
        {
            if (reader.Read())
                Find(ReadNode(ref reader));
        }
        catch (JsonException failure)
        {
            (content.Unreadable, content.UnreadableLine) = ("This is no valid JSON.", (int)(failure.LineNumber ?? 0) + 1);
        }
    }

    private Node ReadNode(ref Utf8JsonReader reader)
    {
        var line = LineAt((int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<(string Name, Node Value)>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!; // a property's name is never null
                    reader.Read();
                    members.Add((name, ReadNode(ref reader)));
                }
                return new Node(line, null, members, null);
            case JsonTokenType.StartArray:
                var elements = new List<Node>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    elements.Add(ReadNode(ref reader));
                return new Node(line, null, null, elements);
            case JsonTokenType.String:
                return new Node(line, reader.GetString(), null, null);
            case JsonTokenType.Null:
                return new Node(line, "", null, null);
            default:
                return new Node(line, Encoding.UTF8.GetString(reader.ValueSpan), null, null);
        }
    }

    private void Find(Node node)
    {
        foreach (var (_, value) in node.Members ?? [])
        {
            if (value.Elements is { Count: > 0 } elements && elements.TrueForAll(element => element.Members is not null))
                Add(value, node.Members!); // not null: it is being walked
            else
                Find(value);
        }
        if (node.Elements is { Count: > 0 } rows && rows.TrueForAll(row => row.Members is not null))
            Add(node, []);
        else
            node.Elements?.ForEach(Find);
    }

    private void Add(Node array, List<(string Name, Node Value)> beside)
    {
        var names = array.Elements!.SelectMany(row => row.Members!).Where(member => member.Value.Scalar is not null).Select(member => member.Name).Distinct(StringComparer.Ordinal).ToList(); // an array of objects, as the caller saw
        var rows = array.Elements!.ConvertAll(row => new RawRow(row.Line, [.. names.Select(name => row.Members!.Find(member => member.Name == name).Value?.Scalar ?? "")]));
        var totals = beside.Where(member => member.Value.Scalar is not null && RowRoles.SumRole(member.Name) is not null).ToList();
        rows.AddRange(totals.Select(total => new RawRow(total.Value.Line, Beneath(names, total.Name, total.Value.Scalar!)))); // only members with a scalar
        if (CostTables.TryRead(new RawTable(array.Line, names, rows), source.Convention) is { } table)
            content.Tables.Add(table);
        array.Elements!.ForEach(Find);
    }

    // "total": under the column whose name it shares ("total_annual"), else under the last that is about money.
    private static List<string> Beneath(List<string> names, string name, string value)
    {
        var words = Words.Of(name).Where(word => !Words.Total.Contains(word)).ToList();
        var at = names.FindLastIndex(column => words.Count > 0 && Words.Of(column).Intersect(words).Any());
        if (at < 0)
            at = names.FindLastIndex(column => Words.Of(column) is var parts && parts.Any(Words.Cost.Contains) && !parts.Contains("unit") && ColumnRoles.PeriodOf(parts) != Period.Year);
        var cells = Enumerable.Repeat("", names.Count).ToList();
        if (at > 0)
        {
            cells[0] = name.Replace('_', ' ');
            cells[at] = value;
        }
        return cells;
    }

    private int LineAt(int offset)
    {
        _line += _bytes.AsSpan(_countedTo, offset - _countedTo).Count((byte)'\n');
        _countedTo = offset;
        return _line;
    }

    private sealed record Node(int Line, string? Scalar, List<(string Name, Node Value)>? Members, List<Node>? Elements);
}
