using Lectern.Accounts.Contracts;
using Lectern.Courses.Catalogue;
using Lectern.Courses.Contracts;
using Lectern.Courses.Reading;
using Lectern.Platform.Demo;

namespace Lectern.Courses.Demo;

/// <summary>The demo school's courses, through the same import as any other, taught by its teacher.</summary>
internal sealed class DemoCourses(ImportCourse import, CourseRoles roles, IPeople people) : IDemoContent
{
    public async Task LoadAsync(string folder, IProgress<string> progress, CancellationToken ct)
    {
        // There is none outside of demo mode.
        var teacher = await people.FindByEmailAsync("teacher@demo.test", ct);
        foreach (var course in Directory.EnumerateDirectories(Path.Combine(folder, "courses")).Order(StringComparer.Ordinal))
        {
            var package = await CoursePackage.ReadAsync(course, ct);
            progress.Report($"Course: {package.Facts.Title}");
            var id = await import.ImportAsync(package, ct);
            if (teacher is not null)
                await roles.AppointAsync(teacher.Id, id, ct);
        }
    }
}
