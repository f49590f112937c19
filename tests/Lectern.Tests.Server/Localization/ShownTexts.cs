using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Lectern.Tests.Server.Localization;

/// <summary>What a page shows or says to a person that did not come from a language file, under the pseudo-language.</summary>
/// <param name="data">Names, titles and the like that stand in the database.</param>
internal sealed partial class ShownTexts(IEnumerable<string> data)
{
    private static readonly string[] Spoken = ["aria-label", "aria-description", "title", "placeholder", "alt"];

    // Longest first, so that a name inside a longer one leaves nothing behind.
    private readonly List<string> _data = [.. data.Select(Plain).Where(text => text.Length > 1).Distinct().OrderByDescending(text => text.Length)];

    public IEnumerable<string> Untranslated(IHtmlDocument page)
    {
        var texts = page.Descendants<IText>().Where(text => IsShown(text.ParentElement)).Select(text => text.Data)
            .Concat(page.All.Where(IsOurs).SelectMany(element => Spoken.Select(name => element.GetAttribute(name) ?? "")))
            .Append(page.Title ?? "");
        return texts.Where(text => Word().IsMatch(WithoutData(WithoutTranslated(Plain(text))))).Select(Plain).Distinct();
    }

    private static bool IsShown(IElement? element) => element is not null and not IHtmlScriptElement and not IHtmlStyleElement && element.LocalName is not ("math" or "code" or "title") && IsOurs(element);

    // Of course content its language is said, of data that it is not to be translated.
    private static bool IsOurs(IElement element)
    {
        for (var at = element; at is not null and not IHtmlHtmlElement; at = at.ParentElement)
        {
            if (at.GetAttribute("translate") == "no" || (at.GetAttribute("lang") is { } language && language != at.Owner?.DocumentElement.GetAttribute("lang")) || at is IHtmlTemplateElement)
                return false;
        }
        return true;
    }

    private string WithoutData(string text) => _data.Aggregate(Moment().Replace(text, ""), (rest, known) => rest.Replace(known, "", StringComparison.OrdinalIgnoreCase));

    // Translated texts hold others as values, so that ⟦…⟧ may stand inside ⟦…⟧.
    private static string WithoutTranslated(string text)
    {
        var (rest, depth) = (new StringBuilder(), 0);
        foreach (var letter in text)
        {
            depth += letter == '⟦' ? 1 : 0;
            if (depth == 0)
                rest.Append(letter);
            depth -= letter == '⟧' ? 1 : 0;
        }
        return rest.ToString();
    }

    private static string Plain(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"\p{L}{2,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Space();

    // A date or a time, as the culture writes it.
    [GeneratedRegex(@"\b(January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}\b|\b\d{1,2}:\d{2} [AP]M\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Moment();
}
