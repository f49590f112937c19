using System.Net;
using Lectern.Courses.Contracts;
using Lectern.Tests.Server.Fakes;
using Lectern.Tests.Server.Tutoring;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Tests.Server.Courses;

/// <summary>Lessons are kept in memory; what was changed is shown nevertheless.</summary>
[Collection(ProgramCollection.Name)]
public sealed class KeptLessonTests(LecternProgram program)
{
    [Fact]
    public async Task A_changed_lesson_is_shown_at_once_where_it_was_changed()
    {
        using var student = await program.SignedInAsync(await program.AddPersonAsync("Rea Der"));
        await ImportAsync("kept-here", "The first wording.");
        Assert.Contains("The first wording.", await student.GetStringAsync("/courses/kept-here/lesson-1"), StringComparison.Ordinal);

        await ImportAsync("kept-here", "The second wording.");

        Assert.Contains("The second wording.", await student.GetStringAsync("/courses/kept-here/lesson-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_node_shows_it_a_second_later()
    {
        var time = new LeapingTime();
        await using var other = await program.StartNodeAsync(time: time);
        using var student = other.As(await program.SignedInAsync(await program.AddPersonAsync("Rea Der")));
        await ImportAsync("kept-there", "The first wording.");
        Assert.Contains("The first wording.", await student.GetStringAsync("/courses/kept-there/lesson-1"), StringComparison.Ordinal);

        await ImportAsync("kept-there", "The second wording.");
        time.Leap(TimeSpan.FromSeconds(1));

        Assert.Contains("The second wording.", await student.GetStringAsync("/courses/kept-there/lesson-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lesson_that_is_gone_is_not_found()
    {
        using var student = await program.SignedInAsync(await program.AddPersonAsync("Rea Der"));
        await TestCourse.ImportAsync(program, program.Demo, "kept-less", "en", ("One", "## A\n\nOne.\n"), ("Two", "## B\n\nTwo.\n"));
        Assert.Contains("Two.", await student.GetStringAsync("/courses/kept-less/lesson-2"), StringComparison.Ordinal);

        await TestCourse.ImportAsync(program, program.Demo, "kept-less", "en", ("One", "## A\n\nOne.\n"));

        using var answer = await student.GetAsync("/courses/kept-less/lesson-2");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task What_one_school_keeps_is_not_shown_in_another()
    {
        using var student = await program.SignedInAsync(await program.AddPersonAsync("Rea Der"));
        using var stranger = await program.SignedInAsync("student@demo.test", LecternNode.OtherHost);
        await ImportAsync("kept-apart", "Only for the demo school.");
        await student.GetStringAsync("/courses/kept-apart/lesson-1");

        using var answer = await stranger.GetAsync("/courses/kept-apart/lesson-1");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_lesson_that_was_finished_stays_so_however_often_it_is_opened()
    {
        using var student = await program.SignedInAsync(await program.AddPersonAsync("Rea Der"));
        await ImportAsync("kept-progress", "Some wording.");
        await student.GetStringAsync("/courses/kept-progress/lesson-1");

        await using (var db = program.Factory.Create(program.Demo))
            await db.Database.ExecuteSqlAsync(
                $"update lesson_progress set finished_at = now() where lesson_id in (select l.id from lesson l join course c on c.id = l.course_id where c.slug = 'kept-progress')");

        Assert.Contains("Mark as not finished", await student.GetStringAsync("/courses/kept-progress/lesson-1"), StringComparison.Ordinal);
        Assert.Contains("Mark as not finished", await student.GetStringAsync("/courses/kept-progress/lesson-1"), StringComparison.Ordinal);
    }

    private Task<CourseBrief> ImportAsync(string slug, string wording) => TestCourse.ImportAsync(program, program.Demo, slug, "en", ("One", $"## A section\n\n{wording}\n"));

    /// <summary>The real clock, whose stopwatches can be put forward.</summary>
    private sealed class LeapingTime : TimeProvider
    {
        private long _leaped;

        public void Leap(TimeSpan by) => Interlocked.Add(ref _leaped, (long)(by.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _leaped);
    }
}
