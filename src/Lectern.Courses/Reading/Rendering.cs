using System.Text;
using Lectern.Courses.Formulas;

namespace Lectern.Courses.Reading;

/// <summary>The three readings of one piece of a lesson, written side by side: for the page, for search, for speech.</summary>
internal sealed class Rendering
{
    public StringBuilder Html { get; } = new();
    public StringBuilder Text { get; } = new();
    public StringBuilder Spoken { get; } = new();

    public bool IsEmpty => Text.Length == 0 && Html.Length == 0;

    public void Words(string words)
    {
        Markup.Append(Html, words);
        TextOnly(words);
    }

    public void Tag(string html) => Html.Append(html);

    public void TextOnly(string text)
    {
        Text.Append(text);
        Spoken.Append(text);
    }

    public void Formula(Formula formula, string language)
    {
        Html.Append(formula.MathMl);
        Text.Append(formula.Plain);
        Spoken.Append(formula.SpokenIn(language));
    }

    public void Append(Rendering other)
    {
        Html.Append(other.Html);
        Text.Append(other.Text);
        Spoken.Append(other.Spoken);
    }

    /// <summary>Ends what was said so far like a sentence, so that a voice pauses between the items of a list.</summary>
    public void Pause(string text)
    {
        Text.Append(text);
        Spoken.Append(Spoken.Length > 0 && char.IsLetterOrDigit(Spoken[^1]) ? ".\n" : "\n");
    }
}
