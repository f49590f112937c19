using Lectern.Courses.Reading;
using Lectern.Tests.Fakes;

namespace Lectern.Tests.Courses;

public sealed class DemoCoursesTests
{
    public static TheoryData<string> Courses => [.. Directory.EnumerateDirectories(Repository.Folder("demo/courses")).Select(folder => Path.GetFileName(folder))];

    [Fact]
    public void The_demo_school_has_three_courses() => Assert.True(Courses.Count >= 3);

    [Theory]
    [MemberData(nameof(Courses))]
    public async Task A_demo_course_reads_without_a_problem(string course)
    {
        var package = await CoursePackage.ReadAsync(Repository.Folder($"demo/courses/{course}"), CancellationToken.None);

        Assert.Empty(package.Problems.Select(problem => $"{problem.File}:{problem.Line} {problem.Message}"));
        Assert.Equal(course, package.Facts.Slug);
    }

    [Theory]
    [MemberData(nameof(Courses))]
    public async Task A_demo_lesson_has_600_words_a_drawing_terms_an_example_and_a_formula(string course)
    {
        var package = await CoursePackage.ReadAsync(Repository.Folder($"demo/courses/{course}"), CancellationToken.None);

        Assert.True(package.Lessons.Count >= 6);
        Assert.All(package.Lessons, lesson =>
        {
            var blocks = lesson.Document.Blocks;
            Assert.True(blocks.Where(block => block.Kind != BlockKind.Figure).Sum(block => block.Text.Split(' ').Length) >= 600, lesson.Slug);
            Assert.Contains(blocks, block => block.Kind == BlockKind.Figure && block.Html.Contains("<svg", StringComparison.Ordinal));
            Assert.Contains(blocks, block => block.Box?.Kind == BoxKind.Example);
            Assert.Contains(blocks, block => block.Html.Contains("<math", StringComparison.Ordinal));
            Assert.True(lesson.Document.Terms.Count >= 5, lesson.Slug);
        });
    }

    [Theory]
    [MemberData(nameof(Courses))]
    public async Task Every_paragraph_of_a_demo_course_has_an_id_of_its_own_and_no_inline_style(string course)
    {
        var package = await CoursePackage.ReadAsync(Repository.Folder($"demo/courses/{course}"), CancellationToken.None);

        Assert.All(package.Lessons, lesson =>
        {
            var ids = lesson.Document.Blocks.Select(block => block.ParagraphId).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.All(lesson.Document.Blocks, block => Assert.DoesNotContain(" style=", block.Html, StringComparison.Ordinal));
            Assert.All(lesson.Document.Terms, term => Assert.Contains(term.ParagraphId, ids));
        });
    }
}
