namespace Lectern.Costs.Contracts;

/// <summary>What the courses of the scope's school are called; filled by the room that has them, so that costs can be shown by course.</summary>
public interface ICourseTitles
{
    /// <summary>Every course's id and title, in the order of their titles.</summary>
    Task<IReadOnlyList<CourseTitle>> AllAsync(CancellationToken ct);
}

public sealed record CourseTitle(Guid Id, string Title);
