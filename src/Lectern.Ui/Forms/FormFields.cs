using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Http;

namespace Lectern.Ui.Forms;

/// <summary>The fields that a form shows: the summary of errors links to them by their labels.</summary>
internal sealed class FormFields(string formName)
{
    private readonly Dictionary<FieldIdentifier, (string Id, string Label)> _fields = [];

    public event EventHandler? Changed;

    public IEnumerable<KeyValuePair<FieldIdentifier, (string Id, string Label)>> All => _fields;

    /// <summary>What was typed into fields whose type could not hold it, such as "abc" for a number.</summary>
    public Dictionary<FieldIdentifier, string> Unreadable { get; } = [];

    /// <summary>What was posted for a field by this form; null if it was not.</summary>
    public string? Posted(HttpContext? http, string name)
    {
        // The endpoint has read the form before any component is drawn.
        if (http is null || !HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType)
            return null;
        var form = http.Request.Form;
        return form["_handler"] == formName && form.TryGetValue(name, out var value) ? value.ToString() : null;
    }

    public void Show(FieldIdentifier field, string id, string label)
    {
        if (_fields.TryGetValue(field, out var known) && known == (id, label))
            return;
        _fields[field] = (id, label);
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
