using Lectern.Courses.Contracts;
using Lectern.Courses.Search;
using Lectern.Platform.Localization;
using Lectern.Platform.Schools;
using Lectern.Tests.Server.Fakes;
using Lectern.Tutoring.Grounding;
using Lectern.Voice.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>The teacher without a language model, on the demo courses. Each reply comes from a new reader: only the history is remembered.</summary>
[Collection(ProgramCollection.Name)]
public sealed class QuotingReaderTests(LecternProgram program) : IAsyncLifetime
{
    private AsyncServiceScope _scope;
    private Chat _chat = null!; // set by InitializeAsync

    public async Task InitializeAsync()
    {
        _scope = program.Services.GetRequiredService<SchoolScopes>().Enter(program.Demo);
        var course = await Student.CourseAsync(program, "cell-biology");
        var lesson = await _scope.ServiceProvider.GetRequiredService<CourseReading>().FindLessonAsync(course.Id, "the-cell-membrane", default);
        _chat = new Chat(_scope.ServiceProvider, course, lesson!); // the demo has it
    }

    public async Task DisposeAsync() => await _scope.DisposeAsync();

    [Theory]
    [InlineData("What is a phospholipid?")]
    [InlineData("Why do cells stay small?")]
    [InlineData("How does osmosis work?")]
    [InlineData("What are mitochondria for?")]
    public async Task It_answers_in_the_words_of_the_course(string question)
    {
        var reply = await _chat.SayAsync(question);

        Assert.Equal(Footing.Quoted, reply.Footing);
        Assert.NotEmpty(reply.Citations);
        Assert.Contains("[1]", reply.Text, StringComparison.Ordinal);
        Assert.All(reply.Citations, citation => Assert.Contains(citation.Passage.SectionTitle, reply.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("What is the capital of Mongolia?")]
    [InlineData("zxcvb qwert")]
    [InlineData("?!")]
    [InlineData("the of and")]
    public async Task What_the_course_does_not_say_is_declined(string question)
    {
        var reply = await _chat.SayAsync(question);

        Assert.Equal((0, Footing.None), (reply.Citations.Count, reply.Footing));
        Assert.Contains("The course doesn't say", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_once_that_it_quotes_and_that_a_model_can_be_connected()
    {
        var (first, second) = (await _chat.SayAsync("What is a phospholipid?"), await _chat.SayAsync("How does osmosis work?"));

        Assert.Contains("the course's own words", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("the course's own words", second.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("simpler")]
    [InlineData("Explain that more simply")]
    [InlineData("Give me an example")]
    [InlineData("What comes next?")]
    public async Task A_follow_up_goes_on_from_what_was_quoted_with_something_new(string wish)
    {
        var first = await _chat.SayAsync("What is a phospholipid?");
        var reply = await _chat.SayAsync(wish);

        var citation = Assert.Single(reply.Citations);
        Assert.Equal(first.Citations[0].Passage.LessonId, citation.Passage.LessonId);
        Assert.DoesNotContain(QuotedAnswer.Flat(citation.Quote), first.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Going_on_walks_to_the_end_of_the_lesson_and_repeats_nothing()
    {
        var quotes = new List<string>();
        var reply = await _chat.SayAsync("next");
        for (; reply.Citations.Count > 0 && quotes.Count < 100; reply = await _chat.SayAsync("go on"))
            quotes.Add(reply.Citations[0].Quote);

        Assert.InRange(quotes.Count, 5, 99);
        Assert.Equal(quotes.Distinct(), quotes);
        Assert.Contains("end of the lesson", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Again_repeats_all_quotes_of_the_last_answer()
    {
        var first = await _chat.SayAsync("How does osmosis work?");
        await _chat.SayAsync("thank you");
        var again = await _chat.SayAsync("Say that again!");

        Assert.Equal(first.Citations.Select(citation => (citation.Label, citation.Passage.ParagraphId, citation.Quote)), again.Citations.Select(citation => (citation.Label, citation.Passage.ParagraphId, citation.Quote)));
        Assert.Equal(Footing.Quoted, again.Footing);
    }

    [Theory]
    [InlineData("simpler")]
    [InlineData("example")]
    [InlineData("again")]
    [InlineData("hint")]
    public async Task A_follow_up_to_nothing_says_so(string wish)
    {
        var reply = await _chat.SayAsync(wish);

        Assert.Empty(reply.Citations);
        Assert.NotEqual("", reply.Text);
    }

    [Theory]
    [InlineData("Hello!", "Ask me anything")]
    [InlineData("good morning", "Ask me anything")]
    [InlineData("Thanks a lot.", "You're welcome")]
    public async Task It_greets_and_takes_thanks(string message, string reply) => Assert.Contains(reply, (await _chat.SayAsync(message)).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("Explain that more simply", Wish.Simpler)]
    [InlineData("Give me an example", Wish.Example)]
    [InlineData("Quiz me", Wish.Quiz)]
    [InlineData("quiz me!", Wish.Quiz)]
    [InlineData("What comes next?", Wish.Next)]
    [InlineData("I don’t understand.", Wish.Simpler)]
    [InlineData("Erklär das einfacher", Wish.Simpler)]
    [InlineData("Frag mich ab", Wish.Quiz)]
    [InlineData("Einfacher, bitte!", Wish.Simpler)]
    [InlineData("Noch mal", Wish.Again)]
    [InlineData("Zum Beispiel?", Wish.Example)]
    [InlineData("weiter", Wish.Next)]
    [InlineData("Tipp", Wish.Hint)]
    [InlineData("Hallo", Wish.Hello)]
    [InlineData("Vielen Dank!", Wish.Thanks)]
    [InlineData("again a question about cells", Wish.Answer)]
    [InlineData("more on osmosis", Wish.Answer)]
    [InlineData("", Wish.Answer)]
    internal void Short_wishes_are_known_in_every_language_and_questions_stay_questions(string message, Wish wish) =>
        Assert.Equal(wish, program.Services.GetRequiredService<FollowUps>().Of(message));

    [Fact]
    public void Every_quick_reply_is_known_in_every_language()
    {
        var library = program.Services.GetRequiredService<TextLibrary>();
        foreach (var t in library.Languages.Select(language => library.For(language, school: null)))
        {
            foreach (var chip in new[] { t["Explain that more simply"], t["Give me an example"], t["Quiz me"], t["What comes next?"] })
                Assert.NotEqual(Wish.Answer, program.Services.GetRequiredService<FollowUps>().Of(chip));
        }
    }

    [Fact]
    public async Task A_quiz_asks_for_a_missing_word_and_judges_leniently()
    {
        var cloze = await AskedAsync("Quiz me");
        Assert.Contains(Cloze.Gap, cloze.WithGap, StringComparison.Ordinal);

        var right = await _chat.SayAsync($"I think it's the {cloze.Missing.ToUpperInvariant()}!");

        Assert.StartsWith("Yes", right.Text, StringComparison.Ordinal);
        Assert.Contains(QuotedAnswer.Flat(cloze.Sentence), right.Text, StringComparison.Ordinal);
        Assert.Equal(cloze.Passage.ParagraphId, Assert.Single(right.Citations).Passage.ParagraphId);
    }

    [Theory]
    [InlineData("banana", "Not quite. It is")]
    [InlineData("I don't know", "It is")]
    [InlineData("Keine Ahnung!", "It is")]
    [InlineData("ich weiß es nicht", "It is")]
    public async Task A_wrong_reply_is_told_the_word_and_where_it_stands(string reply, string verdict)
    {
        var cloze = await AskedAsync("Quiz me");
        var judged = await _chat.SayAsync(reply);

        Assert.StartsWith($"{verdict} “{cloze.Missing}”", judged.Text, StringComparison.Ordinal);
        Assert.Single(judged.Citations);
    }

    [Fact]
    public async Task A_hint_gives_the_first_letter_and_the_question_stays_open()
    {
        var cloze = await AskedAsync("Quiz me");

        var hint = await _chat.SayAsync("hint");
        var right = await _chat.SayAsync(cloze.Missing);

        Assert.Contains($"“{cloze.Missing[0]}”", hint.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(cloze.Missing, hint.Text.Replace(cloze.WithGap, "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("Yes", right.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_instead_of_a_reply_is_answered()
    {
        await AskedAsync("Quiz me");
        var reply = await _chat.SayAsync("What are mitochondria for?");

        Assert.NotEmpty(reply.Citations);
        Assert.DoesNotContain("Not quite", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quiz_never_asks_the_same_twice()
    {
        var asked = new List<string>();
        var reply = await _chat.SayAsync("quiz me");
        for (; reply.Text.Contains(Cloze.Gap, StringComparison.Ordinal) && asked.Count < 200; reply = await _chat.SayAsync("another"))
        {
            asked.Add(reply.Text);
            await _chat.SayAsync("I don't know");
        }

        Assert.InRange(asked.Count, 3, 199);
        Assert.Equal(asked.Distinct(), asked);
        Assert.Contains("no further questions", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Osmosis", "osmosis", true)]
    [InlineData("osmosys", "osmosis", true)]
    [InlineData("membranes", "membrane", true)]
    [InlineData("the cell membrane, I think", "cell membrane", true)]
    [InlineData("Pathogène", "pathogene", true)]
    [InlineData("mitosis", "meiosis", false)]
    [InlineData("cell", "cell membrane", false)]
    [InlineData("x2", "x3", false)]
    [InlineData("", "cell", false)]
    [InlineData("!!", "cell", false)]
    public void A_reply_is_right_when_it_is_near_enough(string reply, string missing, bool isRight) => Assert.Equal(isRight, Clozes.IsRight(reply, missing));

    [Fact]
    public async Task An_empty_course_is_no_reason_to_fail()
    {
        var course = await TestCourse.ImportAsync(program, program.Demo, "empty", "en");
        var chat = new Chat(_scope.ServiceProvider, course, lesson: null);

        foreach (var message in new[] { "What is a cell?", "next", "quiz me", "simpler", "again", "hello" })
            Assert.Empty((await chat.SayAsync(message)).Citations);
    }

    [Fact]
    public async Task A_German_course_is_quoted_in_German_and_followed_up()
    {
        var course = await TestCourse.ImportAsync(program, program.Demo, "zellen", "de", ("Die Zelle", """
            ## Was eine Zelle ist

            Eine Zelle ist z. B. ein Bakterium oder ein Teil eines Tieres. Sie ist der kleinste Baustein, der für sich allein leben kann. Robert Hooke nannte sie „Zelle“, weil sie ihn an die Kammern eines Klosters erinnerte.

            ## Die Haut

            Jede Zelle ist von einer dünnen Haut umgeben, der Zellmembran. Sie entscheidet, was hineindarf und was nicht.

            Zum Beispiel dringt Wasser leicht durch die Membran, Salz dagegen nicht.

            ## Der Kern

            Der Zellkern verwahrt die Baupläne. Ohne ihn kann sich eine Zelle nicht teilen.
            """));
        var chat = new Chat(_scope.ServiceProvider, course, lesson: null);

        var hooke = await chat.SayAsync("Wie nannte Robert Hooke die Zellen?");
        var membrane = await chat.SayAsync("Was entscheidet die Zellmembran?");
        var example = await chat.SayAsync("Hast du ein Beispiel?");
        var next = await chat.SayAsync("weiter");
        var again = await chat.SayAsync("Noch mal");

        Assert.Contains("„Zelle“", hooke.Citations[0].Quote, StringComparison.Ordinal);
        Assert.Contains("was hineindarf", membrane.Citations[0].Quote, StringComparison.Ordinal);
        Assert.Contains("dringt Wasser leicht", Assert.Single(example.Citations).Quote, StringComparison.Ordinal);
        Assert.Contains("Baupläne", Assert.Single(next.Citations).Quote, StringComparison.Ordinal);
        Assert.Equal(next.Citations[0].Quote, Assert.Single(again.Citations).Quote);
    }

    [Fact]
    public void A_quote_is_found_again_in_an_answer_with_German_quotation_marks()
    {
        var passage = new Passage(Guid.NewGuid(), "die-zelle", "Die Zelle", 1, 1, "p1", 1, "paragraph", "s", "Was eine „Zelle“ ist", "", "Er nannte sie „Zelle“, weil sie klein war.", "");
        var said = new Turn(1, Role.Assistant, $"Ja, „Zelle“ ist richtig. In „Was eine „Zelle“ ist“ heißt es: “{QuotedAnswer.Flat(passage.Text)}” [1]\n\nSag „noch eine“.", AnswerOutcome.Completed);

        var found = QuotingReader.LastQuoted([said], [passage]);

        Assert.Equal((passage, QuotedAnswer.Flat(passage.Text)), (found!.Value.Passage, QuotedAnswer.Flat(found.Value.Quote))); // as the line before says
        Assert.Contains(found.Value.Quote, passage.Text, StringComparison.Ordinal);
    }

    // Finds the cloze that the reply asks.
    private async Task<Cloze> AskedAsync(string wish)
    {
        var reply = await _chat.SayAsync(wish);
        Assert.StartsWith("Which word is missing?", reply.Text, StringComparison.Ordinal);
        var passages = await _chat.PassagesAsync();
        return Clozes.From(passages, Clozes.Terms(passages), "en").First(cloze => reply.Text.Contains(cloze.WithGap, StringComparison.Ordinal));
    }

    private sealed class Chat(IServiceProvider services, CourseBrief course, LessonBrief? lesson)
    {
        private readonly List<Turn> _history = [];
        private readonly QuestionSearch _search = services.GetRequiredService<QuestionSearch>();

        /// <summary>Of the lesson, if there is one.</summary>
        public async Task<IReadOnlyList<Passage>> PassagesAsync() =>
            [.. (await _search.PassagesAsync(course.Id, course.Language, default)).Where(passage => lesson is null || passage.LessonId == lesson.Id)];

        public async Task<Reply> SayAsync(string message)
        {
            var subject = new Subject(course.Id, course.Language, lesson?.Title ?? course.Title, lesson?.Id, "Mira", "");
            var reader = new QuotingReader(_search, services.GetRequiredService<FollowUps>(), subject, services.GetRequiredService<TextLibrary>().For("en", school: null));
            var reply = await reader.ReplyAsync(message, [.. _history], default);
            var number = _history.Count / 2 + 1;
            _history.Add(new Turn(number, Role.User, message));
            _history.Add(new Turn(number, Role.Assistant, reply.Text, AnswerOutcome.Completed));
            await AssertVerbatimAsync(reply);
            return reply;
        }

        private async Task AssertVerbatimAsync(Reply reply)
        {
            var all = await _search.PassagesAsync(course.Id, course.Language, default);
            foreach (var citation in reply.Citations)
            {
                Assert.Contains(all, passage => passage.ParagraphId == citation.Passage.ParagraphId && passage.Text.Contains(citation.Quote, StringComparison.Ordinal));
                Assert.Contains($"“{QuotedAnswer.Flat(citation.Quote)}” [{citation.Label}]", reply.Text, StringComparison.Ordinal);
            }
        }
    }
}
