using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Lectern.Platform.Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Http;

namespace Lectern.Ui.Forms;

/// <summary>
/// What every field of a <see cref="Form"/> has: a label, a hint, an error tied to the input, and the browser's own checks.
/// Bound by <c>@bind-Value="Input.Email"</c>, where <c>Input</c> is the page's <c>[SupplyParameterFromForm]</c> property.
/// Attributes that are not parameters (autocomplete, inputmode, rows …) go to the input element.
/// </summary>
public abstract class FormField<TValue> : InputBase<TValue>
{
    private IReadOnlyDictionary<string, object> _constraints = new Dictionary<string, object>();

    /// <summary>Translated.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>Translated; said with the label by screen readers.</summary>
    [Parameter] public string? Hint { get; set; }

    [CascadingParameter] private FormFields? Fields { get; set; }

    [CascadingParameter] private HttpContext? Http { get; set; }

    [Inject] private Texts Texts { get; set; } = null!; // set by the framework before the first call

    internal string Id { get; private set; } = "";

    internal string ErrorId => Id + "-error";

    internal string HintId => Id + "-hint";

    internal bool IsRequired { get; private set; }

    internal string Name => NameAttributeValue;

    /// <summary>One message; null where all is well.</summary>
    internal string? Error => EditContext.GetValidationMessages(FieldIdentifier).FirstOrDefault();

    /// <summary>Attributes of the input element.</summary>
    internal Dictionary<string, object> InputAttributes => Describe();

    /// <summary>What was typed, even if it could not be read as a <typeparamref name="TValue"/>.</summary>
    internal string? Typed => Fields?.Unreadable.GetValueOrDefault(FieldIdentifier) ?? CurrentValueAsString;

    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        Id = Name.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal);
        _constraints = FieldConstraints.Of(FieldIdentifier);
        IsRequired = FieldConstraints.IsRequired(FieldIdentifier);
        Fields?.Show(FieldIdentifier, Id, Label);
        if (Fields?.Posted(Http, Name) is { } posted && !CanRead(posted))
            Fields.Unreadable[FieldIdentifier] = posted;
    }

    /// <summary>Whether the posted text is a <typeparamref name="TValue"/>.</summary>
    private protected virtual bool CanRead(string posted)
    {
        if (posted.Length == 0 && default(TValue) is null)
            return true;
        return typeof(TValue) == typeof(bool) ? bool.TryParse(posted, out _) : BindConverter.TryConvertTo<TValue>(posted, CultureInfo.InvariantCulture, out _);
    }

    protected override bool TryParseValueFromString(string? value, [MaybeNullWhen(false)] out TValue result, [NotNullWhen(false)] out string? validationErrorMessage)
    {
        var isRead = BindConverter.TryConvertTo(value, CultureInfo.InvariantCulture, out result);
        validationErrorMessage = isRead ? null : Texts["Please check the format of this entry."];
        return isRead;
    }

    private Dictionary<string, object> Describe()
    {
        var attributes = new Dictionary<string, object>(_constraints);
        foreach (var (name, value) in AdditionalAttributes ?? new Dictionary<string, object>())
            attributes[name] = value;
        attributes["id"] = Id;
        attributes["name"] = Name;
        attributes.Remove("aria-invalid");
        var error = Error;
        if (error is not null)
            attributes["aria-invalid"] = "true";
        var described = string.Join(' ', new[] { error is null ? null : ErrorId, Hint is null ? null : HintId }.OfType<string>());
        if (described.Length > 0)
            attributes["aria-describedby"] = described;
        return attributes;
    }
}
