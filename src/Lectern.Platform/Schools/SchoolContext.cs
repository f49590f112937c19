namespace Lectern.Platform.Schools;

/// <summary>
/// The school of the current scope: of a request, by its host name; of background work, by whoever opened the scope.
/// Set once; a scope never changes its school.
/// </summary>
public sealed class SchoolContext
{
    private School? _school;

    public School? Current => _school;

    /// <exception cref="InvalidOperationException">The scope has no school.</exception>
    public School Required => _school ?? throw new InvalidOperationException("This scope has no school.");

    /// <exception cref="InvalidOperationException">The scope already belongs to another school.</exception>
    public void Enter(School school)
    {
        if (_school is not null && _school.Id != school.Id)
            throw new InvalidOperationException("A scope belongs to one school.");
        _school = school;
    }
}
