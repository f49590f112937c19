using Lectern.Courses.Catalogue;
using Lectern.Tests.Fakes;

namespace Lectern.Tests.Courses;

/// <summary>What pages of courses are kept in memory, and for how long.</summary>
public sealed class CourseShelfTests
{
    private static readonly ShelfPlace Place = new(Guid.NewGuid(), "cells");
    private static readonly DateTimeOffset Then = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly VirtualTime _time = new();
    private readonly CourseShelf _shelf;

    public CourseShelfTests() => _shelf = new CourseShelf(_time);

    [Fact]
    public void A_course_is_taken_not_to_have_changed_for_a_second()
    {
        var course = Course("cells");
        _shelf.Keep(Place, Then, course);

        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Same(course, _shelf.FindFresh(Place));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(_shelf.FindFresh(Place));
        Assert.Same(course, _shelf.FindAt(Place, Then));
        Assert.Same(course, _shelf.FindFresh(Place));
    }

    [Fact]
    public void Another_change_is_another_course()
    {
        _shelf.Keep(Place, Then, Course("cells"));

        Assert.Null(_shelf.FindAt(Place, Then.AddTicks(1)));
        Assert.Null(_shelf.FindFresh(new ShelfPlace(Guid.NewGuid(), "cells")));
    }

    [Fact]
    public void A_lesson_belongs_to_the_state_of_the_course_it_was_read_with()
    {
        var (before, after) = (Course("cells"), Course("cells"));
        _shelf.Keep(Place, Then, before);
        _shelf.Keep(Place, before, Lesson("one", 10));
        Assert.NotNull(_shelf.FindLesson(Place, before, "one"));

        _shelf.Keep(Place, Then.AddHours(1), after);
        _shelf.Keep(Place, before, Lesson("one", 10));

        Assert.Null(_shelf.FindLesson(Place, after, "one"));
        Assert.Null(_shelf.FindLesson(Place, before, "one"));
    }

    [Fact]
    public void Courses_that_nobody_asked_for_of_late_make_room()
    {
        var places = Enumerable.Range(0, 5).Select(i => Place with { Slug = $"course-{i}" }).ToList();
        foreach (var place in places)
        {
            var course = Course(place.Slug);
            _shelf.Keep(place, Then, course);
            _shelf.Keep(place, course, Lesson("one", 1_000_000));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([null, "course-1", "course-2", "course-3", "course-4"], places.Select(place => _shelf.FindAt(place, Then)?.Slug));
    }

    private static CourseView Course(string slug) => new(Guid.NewGuid(), slug, "Cells", "", "en", "", "", "", "", "", [new LessonEntry(Guid.NewGuid(), "one", 1, "One", "", 5)]);

    private static LessonView Lesson(string slug, int characters) => new(Guid.NewGuid(), slug, "One", "", 5, 1, [], new string('x', characters), 1);
}
