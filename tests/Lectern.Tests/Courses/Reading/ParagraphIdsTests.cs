using Lectern.Courses.Reading;

namespace Lectern.Tests.Courses.Reading;

public sealed class ParagraphIdsTests
{
    private const string First = "Plants take in carbon dioxide through small openings in their leaves called stomata.";
    private const string Second = "Water travels from the roots to the leaves through long tubes of dead cells.";
    private const string Third = "Sunlight gives the energy that splits water and sets oxygen free into the air.";

    private static Block Paragraph(string text, BlockKind kind = BlockKind.Paragraph) => new("", kind, "", "", 1, $"<p id=\"p-\">{text}</p>", text, text);

    private static IReadOnlyList<Block> Imported(params string[] texts) => ParagraphIds.Assign("leaves", [.. texts.Select(t => Paragraph(t))]);

    private static string[] Carried(IReadOnlyList<Block> old, params string[] texts) => [.. ParagraphIds.Carry("leaves", old, [.. texts.Select(t => Paragraph(t))]).Select(b => b.ParagraphId)];

    private static string[] Ids(IReadOnlyList<Block> blocks) => [.. blocks.Select(b => b.ParagraphId)];

    [Fact]
    public void A_first_import_names_paragraphs_by_their_text_and_writes_the_name_into_the_page()
    {
        var blocks = Imported(First, Second);

        Assert.All(blocks, b => Assert.Matches("^[0-9a-z]{8}$", b.ParagraphId));
        Assert.All(blocks, b => Assert.StartsWith($"<p id=\"p-{b.ParagraphId}\">", b.Html, StringComparison.Ordinal));
        Assert.Equal(Ids(blocks), Ids(Imported(First, Second)));
        Assert.NotEqual(blocks[0].ParagraphId, ParagraphIds.Assign("roots", [Paragraph(First)])[0].ParagraphId);
    }

    [Fact]
    public void Moved_paragraphs_keep_their_ids()
    {
        var old = Imported(First, Second, Third);
        Assert.Equal([old[2].ParagraphId, old[0].ParagraphId, old[1].ParagraphId], Carried(old, Third, First, Second));
    }

    [Fact]
    public void An_edited_paragraph_keeps_its_id_even_when_it_moved()
    {
        var old = Imported(First, Second, Third);
        var ids = Carried(old, "Sunlight gives the energy that splits water and releases oxygen into the air around us.", First, Second);
        Assert.Equal([old[2].ParagraphId, old[0].ParagraphId, old[1].ParagraphId], ids);
    }

    [Fact]
    public void A_new_paragraph_gets_a_new_id()
    {
        var old = Imported(First, Second);
        var ids = Carried(old, First, "Fungi are neither plants nor animals.", Second);

        Assert.Equal(old[0].ParagraphId, ids[0]);
        Assert.DoesNotContain(ids[1], Ids(old));
        Assert.Equal(old[1].ParagraphId, ids[2]);
    }

    [Fact]
    public void Of_a_split_paragraph_one_part_keeps_the_id()
    {
        var old = Imported($"{First} {Second}");
        var ids = Carried(old, First, Second);

        Assert.Single(ids, old[0].ParagraphId);
        Assert.Equal(2, ids.Distinct().Count());
    }

    [Fact]
    public void A_merged_paragraph_takes_the_id_of_one_of_its_parts()
    {
        var old = Imported(First, Second, Third);
        var ids = Carried(old, $"{First} {Second}", Third);

        Assert.Contains(ids[0], Ids(old).Take(2));
        Assert.Equal(old[2].ParagraphId, ids[1]);
    }

    [Fact]
    public void The_id_of_a_deleted_paragraph_is_not_given_to_another()
    {
        var old = Imported(First, Second, Third);
        var ids = Carried(old, First, Third, "Fungi are neither plants nor animals.");

        Assert.Equal([old[0].ParagraphId, old[2].ParagraphId], ids[..2]);
        Assert.DoesNotContain(ids[2], Ids(old));
    }

    [Fact]
    public void Equal_texts_have_ids_of_their_own_in_the_order_they_stand()
    {
        var old = Imported("Why?", First, "Why?");

        Assert.Equal(old[0].ParagraphId + "-2", old[2].ParagraphId);
        Assert.Equal(Ids(old), Carried(old, "Why?", First, "Why?"));
        Assert.Equal([old[0].ParagraphId, old[1].ParagraphId], Carried(old, "Why?", First));
    }

    [Fact]
    public void A_text_that_returns_while_its_old_id_lives_on_gets_another()
    {
        var old = Imported(First);
        var edited = ParagraphIds.Carry("leaves", old, [Paragraph(First + " They open by day.")]);
        Assert.Equal(old[0].ParagraphId, edited[0].ParagraphId);

        // The edited text stays, and a copy of the first text is added beside it: its hash would be the living id.
        var ids = Carried(edited, First + " They open by day.", "Stomata: " + Second, First);
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(old[0].ParagraphId, ids[0]);
    }

    [Fact]
    public void A_heading_never_takes_the_id_of_a_paragraph()
    {
        var old = ParagraphIds.Assign("leaves", [Paragraph(First)]);
        var carried = ParagraphIds.Carry("leaves", old, [Paragraph(First, BlockKind.Heading)]);
        Assert.NotEqual(old[0].ParagraphId, carried[0].ParagraphId);
    }

    [Fact]
    public void Changed_blanks_are_not_a_change()
    {
        var old = Imported(First);
        Assert.Equal(Ids(old), Carried(old, First.Replace(" ", "  ", StringComparison.Ordinal)));
    }
}
