using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Components.Forms;

namespace Lectern.Ui.Forms;

/// <summary>
/// The HTML attributes that let the browser check a field before it is sent, derived from the model's annotations.
/// The server checks again; these only save a round trip.
/// </summary>
internal static class FieldConstraints
{
    public static IReadOnlyDictionary<string, object> Of(FieldIdentifier field)
    {
        var attributes = new Dictionary<string, object>();
        foreach (var rule in FormRules.Of(field.Model.GetType(), field.FieldName))
            Add(attributes, rule);
        return attributes;
    }

    public static bool IsRequired(FieldIdentifier field) => FormRules.Of(field.Model.GetType(), field.FieldName).Any(rule => rule is RequiredAttribute);

    private static void Add(Dictionary<string, object> attributes, ValidationAttribute rule)
    {
        switch (rule)
        {
            case RequiredAttribute:
                attributes["required"] = true;
                break;
            case MinLengthAttribute { Length: > 0 } least:
                attributes["minlength"] = Plain(least.Length);
                break;
            case MaxLengthAttribute { Length: > 0 } most:
                attributes["maxlength"] = Plain(most.Length);
                break;
            case StringLengthAttribute length:
                attributes["maxlength"] = Plain(length.MaximumLength);
                if (length.MinimumLength > 0)
                    attributes["minlength"] = Plain(length.MinimumLength);
                break;
            case RangeAttribute { Minimum: not string, Maximum: not string } range:
                attributes["min"] = Plain(range.Minimum);
                attributes["max"] = Plain(range.Maximum);
                break;
            case RegularExpressionAttribute { Pattern: var pattern }:
                attributes["pattern"] = pattern;
                break;
            case EmailAddressAttribute:
                attributes["type"] = "email";
                break;
            case UrlAttribute:
                attributes["type"] = "url";
                break;
            case PhoneAttribute:
                attributes["type"] = "tel";
                break;
        }
    }

    private static string Plain(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
