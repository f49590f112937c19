using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Lectern.Platform.Localization;

namespace Lectern.Ui.Forms;

/// <summary>Says what an annotation asks for, in the reader's language. An annotation's own ErrorMessage is an English text, translated too.</summary>
internal static class AnnotationMessages
{
    public static string For(ValidationAttribute rule, Texts T)
    {
        // Some annotations hold the framework's own English sentence here; it speaks of "the {0} field".
        if (rule.ErrorMessage is { Length: > 0 } own && !own.Contains("{0}", StringComparison.Ordinal))
            return T[own];
        return rule switch
        {
            RequiredAttribute => T["Please fill this in."],
            EmailAddressAttribute => T["Please enter an e-mail address such as name@example.org."],
            MinLengthAttribute { Length: var least } => TooShort(T, least),
            MaxLengthAttribute { Length: var most } => TooLong(T, most),
            StringLengthAttribute { MinimumLength: > 0 } length => T["Please enter {min} to {max} characters.", ("min", length.MinimumLength), ("max", length.MaximumLength)],
            StringLengthAttribute length => TooLong(T, length.MaximumLength),
            RangeAttribute range => T["Please enter a value from {min} to {max}.", ("min", Plain(range.Minimum)), ("max", Plain(range.Maximum))],
            CompareAttribute => T["The two entries differ."],
            UrlAttribute => T["Please enter a full address that starts with https://."],
            PhoneAttribute => T["Please enter a phone number such as +41 44 123 45 67."],
            RegularExpressionAttribute => T["Please check the format of this entry."],
            _ => T["Please check this entry."],
        };
    }

    private static string TooShort(Texts T, int least) => T.Plural(least, "Please enter at least {count} character.", "Please enter at least {count} characters.");

    private static string TooLong(Texts T, int most) => T.Plural(most, "Please enter at most {count} character.", "Please enter at most {count} characters.");

    private static string Plain(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
