using Lectern.Costs.Audit.Reading;

namespace Lectern.Costs.Audit.Tables;

/// <summary>What an estimate is made of, in the order of its lines.</summary>
internal sealed record EstimateContent(EstimateText Source)
{
    public List<CostTable> Tables { get; } = [];

    public List<CostList> Lists { get; } = [];

    public List<Section> Sections { get; } = [];

    /// <summary>Sentences outside of tables: paragraphs and list items, line by line.</summary>
    public List<TextLine> Lines { get; } = [];

    /// <summary>What could not be read at all, with its place; empty for readable files.</summary>
    public string? Unreadable { get; set; }

    public int UnreadableLine { get; set; }

    /// <summary>Some amount shows cents: whole amounts may then be rounded ones.</summary>
    public bool HasCents { get; set; }
}

/// <summary>A line of text with its markup taken off.</summary>
internal sealed record TextLine(int Line, string Text, bool IsBold);

/// <summary>A heading and what stands under it, up to the next heading.</summary>
internal sealed record Section(int Line, int Level, string Title)
{
    public List<TextLine> Lines { get; } = [];

    public List<CostList> Lists { get; } = [];

    public int Tables { get; set; }
}

/// <summary>A bullet or numbered list, its levels laid flat.</summary>
internal sealed record CostList(int Line, TextLine? Intro, IReadOnlyList<ListLine> Items);

internal sealed record ListLine(int Line, int Depth, string Text, bool IsBold);
