using Lectern.Courses.Catalogue;
using Lectern.Courses.Contracts;
using Lectern.Courses.Reading;
using Lectern.Platform.Schools;
using Lectern.Tests.Server.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>Small courses of the tests, through the same import as any other.</summary>
internal static class TestCourse
{
    /// <summary>A course of one lesson, in the school; the one that is there if it is there.</summary>
    public static Task<CourseBrief> EnsureAsync(LecternProgram program, School school) =>
        ImportAsync(program, school, "tiny", "en", ("A lesson", "## A section\n\nA cell is the smallest thing that lives on its own.\n"));

    /// <param name="lessons">Titles, and Markdown.</param>
    public static async Task<CourseBrief> ImportAsync(LecternProgram program, School school, string slug, string language, params (string Title, string Markdown)[] lessons)
    {
        var folder = Directory.CreateTempSubdirectory("lectern-course-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "course.yaml"), $"""
                slug: {slug}
                title: "{slug}"
                summary: A course for tests
                language: {language}
                subject: Testing
                level: Any
                teacher: mira
                licence: CC0-1.0
                author: The tests
                """);
            var folderOfLessons = Directory.CreateDirectory(Path.Combine(folder.FullName, "lessons")).FullName;
            for (var i = 0; i < lessons.Length; i++)
                await File.WriteAllTextAsync(Path.Combine(folderOfLessons, $"{i + 1:00}-lesson-{i + 1}.md"), $"---\ntitle: {System.Text.Json.JsonSerializer.Serialize(lessons[i].Title)}\n---\n\n{lessons[i].Markdown}");
            await using var scope = program.Services.GetRequiredService<SchoolScopes>().Enter(school);
            await scope.ServiceProvider.GetRequiredService<ImportCourse>().ImportAsync(await CoursePackage.ReadAsync(folder.FullName, default), default);
            return (await scope.ServiceProvider.GetRequiredService<CourseReading>().FindCourseAsync(slug, default))!; // just imported
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
