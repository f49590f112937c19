using System.Globalization;
using System.Text;
using Lectern.Platform.Schools;

namespace Lectern.Platform.Localization;

/// <summary>
/// What people read, in the language of the request: <c>@inject Texts T</c>, then <c>@T["Sign in"]</c>. The English text is the key.
/// Placeholders are named: <c>T["Hello {name}", ("name", person.Name)]</c>. The result is plain text; Razor encodes it.
/// For dates, numbers and durations see the other half of this class.
/// </summary>
public sealed partial class Texts
{
    private readonly TextLibrary _library;
    private readonly School? _school;
    private readonly TimeProvider _time;

    internal Texts(TextLibrary library, Language language, School? school, TimeProvider time)
    {
        _library = library;
        _school = school;
        _time = time;
        Language = language;
        Culture = language.CultureFor(school?.Locale);
    }

    public Language Language { get; }

    /// <summary>For dates and numbers: the school's variant of the language.</summary>
    public CultureInfo Culture { get; }

    /// <summary>The text in the language of the request; the English one where the translation is missing.</summary>
    public string this[string english] => _library.Translate(Language, english, english);

    /// <summary>The same with named placeholders. Numbers and dates are written as this language writes them; pass a year as text.</summary>
    public string this[string english, params ReadOnlySpan<(string Name, object? Value)> values] => Fill(this[english], values);

    /// <summary>A text that means different things in different places: the context tells the translator which.</summary>
    public string In(string context, string english, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Fill(_library.Translate(Language, $"{context}|{english}", english), values);

    /// <summary>A text that depends on a number. Both English forms are given; <c>{count}</c> is filled in.</summary>
    public string Plural(long count, string one, string other, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Fill(_library.TranslatePlural(Language, count, one, other), [("count", count), .. values]);

    private string Fill(string text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (values.IsEmpty || !text.Contains('{', StringComparison.Ordinal))
            return text;
        var filled = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        while (rest.IndexOf('{') is var open and >= 0 && rest[open..].IndexOf('}') is var length and > 0)
        {
            filled.Append(rest[..open]).Append(ValueOf(rest.Slice(open, length + 1), values));
            rest = rest[(open + length + 1)..];
        }
        return filled.Append(rest).ToString();
    }

    // A placeholder without a value stays as it is: better seen than silently empty.
    private string ValueOf(ReadOnlySpan<char> placeholder, ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach (var (name, value) in values)
        {
            if (placeholder[1..^1].SequenceEqual(name))
                return Write(value);
        }
        return placeholder.ToString();
    }

    private string Write(object? value) => value switch
    {
        null => "",
        string text => text,
        int or long or short or byte => Number(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        decimal number => Number(number),
        double number => Number((decimal)number),
        DateTimeOffset instant => DateTime(instant),
        DateOnly day => Date(day),
        TimeSpan span => Duration(span),
        IFormattable formattable => formattable.ToString(null, Culture),
        _ => value.ToString() ?? "",
    };
}
