using System.Globalization;
using System.Text.RegularExpressions;

namespace Lectern.Courses.Reading;

/// <summary>A course as a folder: <c>course.yaml</c>, <c>lessons/NN-slug.md</c>, <c>drawings/*.svg</c>.</summary>
/// <param name="Problems">Of the course and all its lessons; a course with problems can still be imported, without what was not understood.</param>
public sealed record CoursePackage(CourseFacts Facts, IReadOnlyList<PackagedLesson> Lessons, IReadOnlyList<ReadingProblem> Problems)
{
    /// <summary>Reads a course's folder. Nothing throws for content; what is wrong is told in <see cref="Problems"/>.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static Task<CoursePackage> ReadAsync(string directory, CancellationToken ct) => new CoursePackageReader(directory).ReadAsync(ct);
}

/// <param name="Language">BCP 47; search and speech use it.</param>
/// <param name="Teacher">Slug of the AI teacher that suits the course, or empty.</param>
public sealed record CourseFacts(string Slug, string Title, string Summary, string Language, string Subject, string Level, string Teacher, string Licence, string Author);

/// <param name="Position">From 1.</param>
public sealed record PackagedLesson(string Slug, int Position, LessonDocument Document);

internal sealed partial class CoursePackageReader(string directory)
{
    private const long MaximumFile = 1024 * 1024;
    private const int MaximumLessons = 500;
    private static readonly HashSet<string> CourseFields = ["slug", "title", "summary", "language", "subject", "level", "teacher", "licence", "author"];
    private static readonly HashSet<string> LessonFields = ["title", "summary", "minutes", "objectives"];

    private readonly List<ReadingProblem> _problems = [];

    public async Task<CoursePackage> ReadAsync(CancellationToken ct)
    {
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"There is no folder {directory}.");
        var facts = ReadFacts(await ReadFile("course.yaml", ct) ?? "");
        var files = LessonFiles();
        var lessons = new List<PackagedLesson>();
        foreach (var file in files)
        {
            if (await ReadFile(file, ct) is { } text)
                lessons.Add(ReadLesson(file, text, facts, lessons.Count + 1));
        }
        if (lessons.Count == 0)
            _problems.Add(new ReadingProblem("lessons", 0, "The course has no lessons: files such as lessons/01-first-steps.md."));
        return new CoursePackage(facts, lessons, _problems);
    }

    private CourseFacts ReadFacts(string yaml)
    {
        var fields = FrontMatter.Read(yaml, "course.yaml", 0, CourseFields, _problems);
        var slug = fields.Required("slug", 60);
        if (!Slug().IsMatch(slug))
        {
            _problems.Add(new ReadingProblem("course.yaml", fields.LineOf("slug"), "The slug may hold a-z, 0-9 and - only."));
            slug = Slug().IsMatch(Path.GetFileName(Path.TrimEndingDirectorySeparator(directory))) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)) : "course";
        }
        return new CourseFacts(slug, fields.Required("title", 200), fields.Required("summary", 1000), Language(fields.Required("language", 20)),
            Optional(fields, "subject"), Optional(fields, "level"), Optional(fields, "teacher"), Optional(fields, "licence"), Optional(fields, "author"));
    }

    private List<string> LessonFiles()
    {
        var folder = Path.Combine(directory, "lessons");
        if (!Directory.Exists(folder))
            return [];
        var files = Directory.EnumerateFiles(folder, "*.md").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
        if (files.Count > MaximumLessons)
            _problems.Add(new ReadingProblem("lessons", 0, $"Only the first {MaximumLessons} lessons were read."));
        return [.. files.Take(MaximumLessons).Select(file => $"lessons/{file}")];
    }

    private PackagedLesson ReadLesson(string file, string text, CourseFacts facts, int position)
    {
        var problems = new List<ReadingProblem>();
        var (matter, body, firstLine) = SplitFrontMatter(text);
        var fields = FrontMatter.Read(matter, file, 1, LessonFields, problems);
        var slug = LessonName().Match(Path.GetFileNameWithoutExtension(file)) is { Success: true } match ? match.Groups["slug"].Value : $"lesson-{position}";
        var title = fields.Required("title", 200);
        var source = new LessonSource(slug, file, facts.Language, body, firstLine, Drawing);
        var (blocks, terms) = LessonReader.Read(source, title, problems);
        var named = ParagraphIds.Assign(slug, blocks);
        var lasting = blocks.Zip(named).ToDictionary(pair => pair.First.ParagraphId, pair => pair.Second.ParagraphId);
        var document = new LessonDocument(title, fields.Required("summary", 1000), Minutes(fields, file, problems), fields.List("objectives"), facts.Language,
            named, [.. terms.Select(term => term with { ParagraphId = lasting[term.ParagraphId] })], problems);
        _problems.AddRange(problems);
        return new PackagedLesson(slug, position, document);
    }

    // Only plain names inside the folder "drawings": a reference never leaves the package.
    private string? Drawing(string reference)
    {
        if (!DrawingName().IsMatch(reference))
            return null;
        var path = Path.Combine(directory, reference);
        return File.Exists(path) && new FileInfo(path).Length <= MaximumFile ? File.ReadAllText(path) : null;
    }

    private async Task<string?> ReadFile(string name, CancellationToken ct)
    {
        var path = Path.Combine(directory, name);
        if (!File.Exists(path))
        {
            _problems.Add(new ReadingProblem(name, 0, "The file is missing."));
            return null;
        }
        if (new FileInfo(path).Length > MaximumFile)
        {
            _problems.Add(new ReadingProblem(name, 0, "The file is larger than 1 MB and was left out."));
            return null;
        }
        return await File.ReadAllTextAsync(path, ct);
    }

    private static (string Matter, string Body, int FirstLine) SplitFrontMatter(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines[0].TrimEnd() != "---")
            return ("", text, 1);
        var end = Array.FindIndex(lines, 1, line => line.TrimEnd() == "---");
        return end < 0 ? ("", text, 1) : (string.Join('\n', lines[1..end]), string.Join('\n', lines[(end + 1)..]), end + 2);
    }

    private static int Minutes(FrontMatter fields, string file, List<ReadingProblem> problems)
    {
        if (int.TryParse(fields.Required("minutes", 4), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and <= 600)
            return minutes;
        problems.Add(new ReadingProblem(file, fields.LineOf("minutes"), "The field \"minutes\" takes a whole number from 1 to 600."));
        return 1;
    }

    private static string Optional(FrontMatter fields, string name) => fields.List(name) is [var value, ..] ? value : "";

    private static string Language(string tag) => tag.Length == 0 ? "en" : tag;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,59}\z", RegexOptions.None, 1000)]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A(\d+-)?(?<slug>[a-z0-9][a-z0-9-]{0,79})\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LessonName();

    [GeneratedRegex(@"\Adrawings/[a-z0-9][a-z0-9-]{0,79}\.svg\z", RegexOptions.None, 1000)]
    private static partial Regex DrawingName();
}
