using Microsoft.AspNetCore.Components.Forms;

namespace Lectern.Ui.Forms;

/// <summary>The fields that a form shows: the summary of errors links to them by their labels.</summary>
internal sealed class FormFields
{
    private readonly Dictionary<FieldIdentifier, (string Id, string Label)> _fields = [];

    public event EventHandler? Changed;

    public IEnumerable<KeyValuePair<FieldIdentifier, (string Id, string Label)>> All => _fields;

    public void Show(FieldIdentifier field, string id, string label)
    {
        if (_fields.TryGetValue(field, out var known) && known == (id, label))
            return;
        _fields[field] = (id, label);
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
