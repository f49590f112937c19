using Lectern.Platform.Data;
using Lectern.Platform.Localization;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Tutoring.Characters;

/// <summary>The school's AI teachers.</summary>
internal sealed class Cast(LecternDb db, TextLibrary library, SchoolContext school)
{
    public async Task<IReadOnlyList<Character>> AllAsync(CancellationToken ct) => await db.Set<TeacherCharacter>().AsNoTracking().OrderBy(row => row.Position)
        .Select(row => new Character(row.Slug, row.Name, row.Subject, row.Greeting, row.Manner, row.Look)).ToListAsync(ct);

    /// <summary>The teacher asked for; null if there is none of that name.</summary>
    public Task<Character?> FindAsync(string slug, CancellationToken ct) => db.Set<TeacherCharacter>().AsNoTracking().Frequent().Where(row => row.Slug == slug)
        .Select(row => new Character(row.Slug, row.Name, row.Subject, row.Greeting, row.Manner, row.Look)).SingleOrDefaultAsync(ct);

    /// <summary>The teacher that suits a course: its own, else the school's first, else a plain one, so that a school without teachers can talk too.</summary>
    public async Task<Character> ForCourseAsync(string teacher, string language, CancellationToken ct) =>
        await FindAsync(teacher, ct) ?? (await AllAsync(ct) is [var first, ..] ? first : null) ?? Plain(library.For(language, school.Current));

    private static Character Plain(Texts t) => new("teacher", t["Your teacher"], "", t["Hello! What would you like to know?"], "", "{}");
}
