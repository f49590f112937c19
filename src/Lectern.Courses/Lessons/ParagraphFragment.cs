using System.Text;
using Lectern.Courses.Catalogue;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Courses.Lessons;

/// <summary><c>GET /courses/{course}/{lesson}/paragraphs/{paragraph}</c>: a cited paragraph between its neighbours, to be shown beside something else.</summary>
internal static class ParagraphFragment
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/courses/{course}/{lesson}/paragraphs/{paragraph}", GetAsync).ExcludeFromDescription();

    private static async Task<Results<ContentHttpResult, NotFound>> GetAsync(string course, string lesson, string paragraph, LecternDb db, CancellationToken ct)
    {
        var all = from row in db.Set<Paragraph>().AsNoTracking()
                  join owner in db.Set<Lesson>() on row.LessonId equals owner.Id
                  join root in db.Set<Course>() on owner.CourseId equals root.Id
                  where root.Slug == course && root.IsPublished && owner.Slug == lesson
                  select new { row.Ordinal, row.ParagraphId, row.Html, root.Language };
        var at = await all.Where(row => row.ParagraphId == paragraph).Select(row => (int?)row.Ordinal).SingleOrDefaultAsync(ct);
        if (at is not { } ordinal)
            return TypedResults.NotFound();
        var near = await all.Where(row => row.Ordinal >= ordinal - 1 && row.Ordinal <= ordinal + 1).OrderBy(row => row.Ordinal).ToListAsync(ct);
        var html = new StringBuilder();
        foreach (var row in near)
            html.Append(row.Ordinal == ordinal ? "<div aria-current=\"true\" lang=\"" : "<div lang=\"").Append(System.Net.WebUtility.HtmlEncode(row.Language)).Append("\">").Append(row.Html).Append("</div>");
        return TypedResults.Content(html.ToString(), "text/html; charset=utf-8");
    }
}
