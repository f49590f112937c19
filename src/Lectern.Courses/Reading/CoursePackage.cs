using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Lectern.Courses.Reading;

/// <summary>What <c>course.yaml</c> says; a missing field is an empty text and a problem of the package.</summary>
/// <remarks>The language is BCP 47 ("en", "de-AT"), the teacher the slug of an AI teacher.</remarks>
public sealed record CourseFacts(string Slug, string Title, string Summary, string Language, string Subject, string Level, string Teacher, string Licence, string Author);

/// <summary>A lesson of the package; the position counts from 1, in the order of the files' names.</summary>
public sealed record PackagedLesson(string Slug, int Position, LessonDocument Document);

/// <summary>A course in a folder: <c>course.yaml</c>, <c>lessons/NN-slug.md</c>, <c>drawings/*.svg</c>.</summary>
/// <remarks>The problems include those of the lessons, each with file and line.</remarks>
public sealed partial record CoursePackage(CourseFacts Facts, IReadOnlyList<PackagedLesson> Lessons, IReadOnlyList<ReadingProblem> Problems)
{
    private const int MaximumLessons = 200;
    private const int MaximumDrawings = 500;
    private static readonly HashSet<string> Fields = ["slug", "title", "summary", "language", "subject", "level", "teacher", "licence", "author"];

    /// <summary>Reads a folder written by anyone: what is wrong with it is in <see cref="Problems"/>. Only files inside the folder are opened.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The disk failed while reading.</exception>
    public static async Task<CoursePackage> ReadAsync(string directory, CancellationToken ct)
    {
        if (!Directory.Exists(directory)) throw new DirectoryNotFoundException($"There is no folder {directory}.");
        var problems = new List<ReadingProblem>();
        var files = new PackageFiles(directory, problems);
        var facts = ReadFacts(await files.ReadAsync("course.yaml", 64 * 1024, ct) ?? "", Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory))), problems);
        var drawings = await ReadDrawingsAsync(files, problems, ct);
        var lessons = await ReadLessonsAsync(files, facts.Language, drawings, problems, ct);
        return new CoursePackage(facts, lessons, problems);
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Slug();

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LanguageTag();

    [GeneratedRegex(@"^lessons/\d{2,3}-(?<slug>[a-z0-9]+(-[a-z0-9]+)*)\.md$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LessonFile();

    private static CourseFacts ReadFacts(string yaml, string folder, List<ReadingProblem> problems)
    {
        var matter = FrontMatter.Read(yaml, "course.yaml", lineOffset: 0, Fields, problems);
        var slug = Checked("slug", 80, Slug(), "small letters, digits and hyphens");
        var language = Checked("language", 20, LanguageTag(), "a language tag such as en or de-AT");
        if (slug.Length == 0) slug = Slug().IsMatch(folder) ? folder : "course";
        var title = matter.Required("title", 200);
        return new CourseFacts(slug, title.Length > 0 ? title : slug, matter.Required("summary", 1000), language.Length > 0 ? language : "en", matter.Required("subject", 100),
            matter.Required("level", 200), Checked("teacher", 80, Slug(), "the slug of a teacher"), matter.Required("licence", 200), matter.Required("author", 200));

        string Checked(string name, int maximumLength, Regex pattern, string expected)
        {
            var value = matter.Required(name, maximumLength);
            if (value.Length == 0 || pattern.IsMatch(value)) return value;
            problems.Add(new ReadingProblem("course.yaml", matter.LineOf(name), $"The field \"{name}\" takes {expected}."));
            return "";
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadDrawingsAsync(PackageFiles files, List<ReadingProblem> problems, CancellationToken ct)
    {
        var drawings = new Dictionary<string, string>();
        var found = files.In("drawings", "*.svg");
        if (found.Count > MaximumDrawings) problems.Add(new ReadingProblem("drawings", 0, $"There are more than {MaximumDrawings} drawings."));
        foreach (var file in found.Take(MaximumDrawings))
        {
            if (await files.ReadAsync(file, DrawingSanitizer.MaximumLength, ct) is { } svg) drawings[file] = svg;
        }
        return drawings.ToFrozenDictionary();
    }

    private static async Task<List<PackagedLesson>> ReadLessonsAsync(PackageFiles files, string language, IReadOnlyDictionary<string, string> drawings, List<ReadingProblem> problems, CancellationToken ct)
    {
        var lessons = new List<PackagedLesson>();
        var found = files.In("lessons", "*.md");
        if (found.Count is 0 or > MaximumLessons) problems.Add(new ReadingProblem("lessons", 0, $"A course has 1 to {MaximumLessons} lessons, as lessons/01-name.md."));
        foreach (var file in found.Take(MaximumLessons))
        {
            if (Name(file, lessons, problems) is not { } slug || await files.ReadAsync(file, LessonReader.MaximumLength, ct) is not { } markdown) continue;
            var document = LessonReader.Read(new LessonSource(slug, file, markdown, language, drawings));
            problems.AddRange(document.Problems);
            lessons.Add(new PackagedLesson(slug, lessons.Count + 1, document));
        }
        return lessons;
    }

    private static string? Name(string file, List<PackagedLesson> lessons, List<ReadingProblem> problems)
    {
        var slug = LessonFile().Match(file) is { Success: true } name ? name.Groups["slug"].Value : null;
        if (slug is null) problems.Add(new ReadingProblem(file, 0, "A lesson's file is named by two digits and a slug: 01-the-cell.md."));
        else if (lessons.Any(l => l.Slug == slug)) problems.Add(new ReadingProblem(file, 0, $"There are two lessons named {slug}."));
        else return slug;
        return null;
    }
}
