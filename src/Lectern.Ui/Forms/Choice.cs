namespace Lectern.Ui.Forms;

/// <summary>One of several answers. <paramref name="Value"/> is what is sent; <paramref name="Label"/> is translated.</summary>
public sealed record Choice(string Value, string Label, string? Hint = null);
