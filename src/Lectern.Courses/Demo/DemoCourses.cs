using Lectern.Courses.Catalogue;
using Lectern.Courses.Reading;
using Lectern.Platform.Demo;

namespace Lectern.Courses.Demo;

/// <summary>The demo school's courses, through the same import as any other.</summary>
internal sealed class DemoCourses(ImportCourse import) : IDemoContent
{
    public async Task LoadAsync(string folder, IProgress<string> progress, CancellationToken ct)
    {
        foreach (var course in Directory.EnumerateDirectories(Path.Combine(folder, "courses")).Order(StringComparer.Ordinal))
        {
            var package = await CoursePackage.ReadAsync(course, ct);
            progress.Report($"Course: {package.Facts.Title}");
            await import.ImportAsync(package, ct);
        }
    }
}
