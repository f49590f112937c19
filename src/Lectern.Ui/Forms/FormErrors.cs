namespace Lectern.Ui.Forms;

/// <summary>What a page found wrong beyond the annotations, such as "this address is taken". The texts are already translated.</summary>
public sealed class FormErrors
{
    private readonly List<(string Field, string Message)> _messages = [];

    /// <summary>Raised when an error was added, so that the form shows it.</summary>
    internal event EventHandler? Changed;

    internal IReadOnlyList<(string Field, string Message)> Messages => _messages;

    public bool IsEmpty => _messages.Count == 0;

    /// <summary>An error of the form as a whole.</summary>
    public void Add(string message) => Add("", message);

    /// <param name="field">The name of a property of the form's model: <c>nameof(Input.Email)</c>.</param>
    public void Add(string field, string message)
    {
        _messages.Add((field, message));
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
