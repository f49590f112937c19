namespace Lectern.Ui.Parts;

/// <summary>A step on the way to a page. The page itself is not a crumb.</summary>
public sealed record Crumb(string Label, string Href);
