namespace Lectern.Platform.Data;

/// <summary>
/// An entity that belongs to one school. Its table has the primary key <c>(school_id, id)</c> and the row-level policy of
/// <c>lectern_wall</c>; EF filters by the school of the scope and stamps it on new rows.
/// </summary>
public interface ISchoolOwned
{
    Guid SchoolId { get; }
}
