using Lectern.Courses.Reading;
using Lectern.Tests.Fakes;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Lectern.Tests.Courses;

/// <summary>The demo courses' test sets: a measurement of answers is worth nothing if a question points at a section that is not there.</summary>
public sealed class QuestionSetTests
{
    public static TheoryData<string> Courses => DemoCoursesTests.Courses;

    [Theory]
    [MemberData(nameof(Courses))]
    public async Task Every_answerable_question_points_at_sections_of_its_course(string course)
    {
        var package = await CoursePackage.ReadAsync(Folder(course), CancellationToken.None);
        var sections = package.Lessons.SelectMany(lesson => lesson.Document.Blocks.Select(block => $"{lesson.Slug}/{block.SectionId}")).ToHashSet();

        Assert.All(Read(Folder(course)).Answerable, question =>
            Assert.All(question.AlsoSections.Append($"{question.Lesson}/{question.Section}"), section => Assert.Contains(section, sections)));
    }

    [Theory]
    [MemberData(nameof(Courses))]
    public void A_section_is_named_once_a_question_and_no_answer_is_only_in_the_key_terms(string course) =>
        Assert.All(Read(Folder(course)).Answerable, question =>
        {
            Assert.NotEqual("key-terms", question.Section);
            Assert.DoesNotContain($"{question.Lesson}/{question.Section}", question.AlsoSections);
        });

    [Fact]
    public void The_demo_courses_ask_30_questions_they_answer_and_10_they_do_not()
    {
        var sets = Directory.EnumerateDirectories(Repository.Folder("demo/courses")).Select(Read).ToList();
        var questions = sets.SelectMany(set => set.Answerable.Select(question => question.Question).Concat(set.Unanswerable)).ToList();

        Assert.Equal(30, sets.Sum(set => set.Answerable.Count));
        Assert.Equal(10, sets.Sum(set => set.Unanswerable.Count));
        Assert.All(questions, question => Assert.False(string.IsNullOrWhiteSpace(question)));
        Assert.Equal(questions.Count, questions.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static string Folder(string course) => Repository.Folder($"demo/courses/{course}");

    private static QuestionSet Read(string folder)
    {
        var yaml = File.ReadAllText(Path.Combine(folder, "questions.yaml"));
        return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<QuestionSet>(yaml);
    }

    public sealed class QuestionSet
    {
        public List<AnswerableQuestion> Answerable { get; set; } = [];

        public List<string> Unanswerable { get; set; } = [];
    }

    public sealed class AnswerableQuestion
    {
        public string Question { get; set; } = "";

        public string Lesson { get; set; } = "";

        public string Section { get; set; } = "";

        public List<string> AlsoSections { get; set; } = [];
    }
}
