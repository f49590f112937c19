using Lectern.Platform.Data;
using Lectern.Platform.Demo;
using Microsoft.EntityFrameworkCore;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Lectern.Tutoring.Characters;

/// <summary>The demo school's four teachers, from <c>demo/teachers.yaml</c>.</summary>
internal sealed class DemoTeachers(LecternDb db, TimeProvider time) : IDemoContent
{
    public async Task LoadAsync(string folder, IProgress<string> progress, CancellationToken ct)
    {
        var yaml = await File.ReadAllTextAsync(Path.Combine(folder, "teachers.yaml"), ct);
        var all = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<List<CharacterFacts>>(yaml);
        var known = await db.Set<TeacherCharacter>().Select(row => row.Slug).ToListAsync(ct);
        for (var i = 0; i < all.Count; i++)
        {
            if (!known.Contains(all[i].Slug))
                db.Add(TeacherCharacter.Create(all[i], i + 1, time.GetUtcNow()));
        }
        await db.SaveChangesAsync(ct);
        progress.Report($"Teachers: {string.Join(", ", all.Select(teacher => teacher.Name))}");
    }
}
