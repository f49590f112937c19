namespace Lectern.Platform.Demo;

/// <summary>
/// What a room adds to the demo school. Called in the order of the rooms, in a scope of the demo school, and again on every <c>demo load</c>:
/// what is there already stays as it is.
/// </summary>
public interface IDemoContent
{
    /// <summary>Later ones come after all earlier ones, whatever their room: for what shows the content of rooms above.</summary>
    int Order => 0;

    /// <param name="folder">The folder <c>demo</c> that comes with the program: courses, drawings, teachers.</param>
    /// <param name="progress">One short English sentence per step, for the console.</param>
    Task LoadAsync(string folder, IProgress<string> progress, CancellationToken ct);
}
