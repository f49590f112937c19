namespace Lectern.Ui.Parts;

/// <summary>The icons, as one path each on a grid of 24, drawn with a line of 1.75.</summary>
public static class IconShapes
{
    private static readonly HashSet<string> Directional = ["arrow", "arrow-back", "sign-in", "sign-out", "chat"];

    private static readonly Dictionary<string, string> Paths = new()
    {
        ["lectern"] = "M4 5h16l-2 7H6L4 5ZM12 12v8M8 20h8M9 8.5h6",
        ["home"] = "M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
        ["book"] = "M12 6.5C10 5 7 4.5 3.5 4.5v13C7 17.5 10 18 12 19.5c2-1.5 5-2 8.5-2v-13C17 4.5 14 5 12 6.5Zm0 0v13",
        ["chat"] = "M4 5h16v11h-8l-5 4v-4H4V5ZM8 9h8M8 12h5",
        ["mic"] = "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM6 11a6 6 0 0 0 12 0M12 17v4M9 21h6",
        ["phone"] = "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1.5 1.5 0 0 1-1.7 1.5C10.5 19.8 4.2 13.5 3.5 5.7A1.5 1.5 0 0 1 5 4Z",
        ["user"] = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6",
        ["users"] = "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5c.6-3.6 3-5.5 6.5-5.5s5.9 1.9 6.5 5.5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.3c2.2.7 3.5 2.5 4 5.2",
        ["calendar"] = "M4 6h16v14H4V6ZM4 10h16M8 3.5V7M16 3.5V7",
        ["cards"] = "M7 7h13v10H7V7ZM4 14V4h13",
        ["test"] = "M5 4h14v16H5V4ZM8.5 9l1.2 1.2L12 8M14 9h2M8.5 15l1.2 1.2L12 14M14 15h2",
        ["chart"] = "M4 20h16M7 20v-6M12 20V6M17 20v-9",
        ["search"] = "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20.5 20.5",
        ["settings"] = "M4 7h9M17 7h3M4 17h3M11 17h9M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
        ["sign-in"] = "M13 4h6v16h-6M4 12h10M10.5 8.5 14 12l-3.5 3.5",
        ["sign-out"] = "M11 4H5v16h6M10 12h10M16.5 8.5 20 12l-3.5 3.5",
        ["menu"] = "M4 7h16M4 12h16M4 17h16",
        ["close"] = "M6 6l12 12M18 6 6 18",
        ["check"] = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.2l2.8 2.8L16 9.5",
        ["info"] = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.5v.1",
        ["warning"] = "M12 4 2.8 20h18.4L12 4ZM12 10v5M12 17.4v.1",
        ["arrow"] = "M5 12h14M13 6l6 6-6 6",
        ["arrow-back"] = "M19 12H5M11 6l-6 6 6 6",
        ["plus"] = "M12 5v14M5 12h14",
        ["edit"] = "M4 20l1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3",
        ["trash"] = "M5 7h14M9.5 7V4.5h5V7M7 7l.8 13h8.4L17 7M10.3 11v5M13.7 11v5",
        ["download"] = "M12 4v11M7.5 11 12 15.5 16.5 11M4.5 20h15",
        ["clock"] = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.3l3.5 2",
        ["globe"] = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c5 5.5 5 12.5 0 18M12 3c-5 5.5-5 12.5 0 18",
        ["lock"] = "M6 11h12v9H6v-9ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2",
        ["coin"] = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM15 9.2c-.6-1-1.6-1.5-3-1.5-1.7 0-2.8.8-2.8 2.1 0 3.2 6 1.3 6 4.6 0 1.3-1.2 2.1-3 2.1-1.6 0-2.7-.6-3.3-1.7M12 6v12",
        ["certificate"] = "M12 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM8.8 13l-1.3 8 4.5-2.5 4.5 2.5-1.3-8",
        ["play"] = "M8 5v14l11-7L8 5Z",
        ["help"] = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.5 9.7c0-1.5 1.1-2.5 2.6-2.5s2.5 1 2.5 2.3c0 2-2.6 2.1-2.6 4.3M12 16.8v.1",
    };

    /// <summary>Every name.</summary>
    public static IReadOnlyCollection<string> Names => Paths.Keys;

    /// <exception cref="KeyNotFoundException">There is no such icon.</exception>
    internal static string Path(string name) =>
        Paths.TryGetValue(name, out var path) ? path : throw new KeyNotFoundException($"There is no icon '{name}'.");

    /// <summary>Whether it points along the line of text, so that it is mirrored from right to left.</summary>
    internal static bool IsDirectional(string name) => Directional.Contains(name);
}
