using Lectern.Courses.Reading;

namespace Lectern.Tests.Courses.Reading;

public sealed class CoursePackageTests : IDisposable
{
    private const string Facts = "slug: cells\ntitle: Cells\nsummary: All of them.\nlanguage: en\nsubject: Biology\nlevel: School\nteacher: mira\nlicence: CC-BY-4.0\nauthor: Us\n";
    private const string Lesson = "---\ntitle: A\nsummary: B\nminutes: 3\nobjectives: [c]\n---\n\n![d](drawings/leaf.svg)\n";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lectern-package-");

    public CoursePackageTests()
    {
        Write("course.yaml", Facts);
        Write("lessons/01-first.md", Lesson);
        Write("lessons/02-second.md", Lesson);
        Write("drawings/leaf.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!); // Always below the package's folder.
        File.WriteAllText(PathOf(file), text);
    }

    private Task<CoursePackage> Read() => CoursePackage.ReadAsync(_folder.FullName, CancellationToken.None);

    private async Task<ReadingProblem> OnlyProblem() => Assert.Single((await Read()).Problems);

    [Fact]
    public async Task A_package_is_read_with_its_lessons_in_order()
    {
        var package = await Read();

        Assert.Empty(package.Problems);
        Assert.Equal(new CourseFacts("cells", "Cells", "All of them.", "en", "Biology", "School", "mira", "CC-BY-4.0", "Us"), package.Facts);
        Assert.Equal([("first", 1), ("second", 2)], package.Lessons.Select(l => (l.Slug, l.Position)));
        Assert.Contains("<path", Assert.Single(package.Lessons[0].Document.Blocks).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("title: Cells\n", "", 0, "\"title\" is missing")]
    [InlineData("slug: cells", "slug: The Cells!", 1, "\"slug\" takes small letters")]
    [InlineData("language: en", "language: English please", 4, "language tag")]
    [InlineData("author: Us", "autor: Us", 9, "\"autor\" is not known")]
    [InlineData("author: Us", "author: Us\nauthor: Them", 10, "Duplicate key|given twice")]
    public async Task A_bad_field_is_told_with_its_line(string from, string to, int line, string message)
    {
        Write("course.yaml", Facts.Replace(from, to, StringComparison.Ordinal));

        var problems = (await Read()).Problems;

        Assert.Contains(problems, p => p.File == "course.yaml" && p.Line == line && message.Split('|').Any(m => p.Message.Contains(m, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_package_without_its_facts_still_has_names_to_go_on_with()
    {
        File.Delete(PathOf("course.yaml"));

        var package = await Read();

        Assert.Contains(package.Problems, p => p is { File: "course.yaml", Message: "The file is missing." });
        Assert.NotEmpty(package.Facts.Slug);
        Assert.NotEmpty(package.Facts.Title);
        Assert.Equal("en", package.Facts.Language);
    }

    [Theory]
    [InlineData("lessons/Third.md")]
    [InlineData("lessons/3-third.md")]
    [InlineData("lessons/03_third.md")]
    public async Task A_lesson_with_another_kind_of_name_is_told(string file)
    {
        Write(file, Lesson);
        Assert.Equal(file, (await OnlyProblem()).File);
    }

    [Fact]
    public async Task Two_lessons_of_one_name_are_told()
    {
        Write("lessons/03-first.md", Lesson);
        Assert.Contains("two lessons named first", (await OnlyProblem()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lesson_that_is_too_large_or_not_text_is_left_out()
    {
        Write("lessons/03-third.md", new string('x', 1_000_000));
        await File.WriteAllBytesAsync(PathOf("lessons/04-fourth.md"), [0x41, 0x80, 0x81]);

        var package = await Read();

        Assert.Equal(2, package.Lessons.Count);
        Assert.Contains(package.Problems, p => p.File == "lessons/03-third.md" && p.Message.Contains("larger than", StringComparison.Ordinal));
        Assert.Contains(package.Problems, p => p.File == "lessons/04-fourth.md");
    }

    [Fact]
    public async Task A_link_out_of_the_folder_is_not_followed()
    {
        var outside = Directory.CreateTempSubdirectory("lectern-outside-");
        try
        {
            var secret = Path.Combine(outside.FullName, "secret.svg");
            await File.WriteAllTextAsync(secret, "<svg xmlns=\"http://www.w3.org/2000/svg\"><desc>secret</desc></svg>");
            File.Delete(PathOf("drawings/leaf.svg"));
            File.CreateSymbolicLink(PathOf("drawings/leaf.svg"), secret);

            var package = await Read();

            Assert.Contains(package.Problems, p => p is { File: "drawings/leaf.svg", Message: "A file of a course can't be a link." });
            Assert.All(package.Lessons, l => Assert.DoesNotContain("secret", l.Document.ToHtml(), StringComparison.Ordinal));
        }
        finally
        {
            outside.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_course_without_lessons_is_told()
    {
        Directory.Delete(PathOf("lessons"), recursive: true);
        Assert.Contains("1 to 200 lessons", (await OnlyProblem()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_folder_is_an_error_of_the_caller() =>
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => CoursePackage.ReadAsync(PathOf("nowhere"), CancellationToken.None));
}
