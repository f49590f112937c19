using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lectern.Tutoring.Characters;

public enum Hairstyle
{
    Tousled,
    Curly,
    Braided,
    BaldWithBeard,
}

public enum Accessory
{
    None,
    Glasses,
    Pencil,
    Headphones,
    Scarf,
}

/// <summary>The colours and shapes of a portrait: those of the look, and the shades that follow from them.</summary>
public sealed partial record PortraitPaint(string Skin, string Hair, string Eyes, string Clothes, Hairstyle Hairstyle, Accessory Accessory)
{
    public string Backdrop => Mix(Clothes, "#f6efe2", .68);

    public string Glow => Mix(Clothes, "#fffaf0", .82);

    public string ClothesShade => Mix(Clothes, "#1d1512", .28);

    public string SkinShade => Mix(Skin, "#6a2f1c", .28);

    public string Lid => Mix(Skin, SkinShade, .3);

    public string Lips => Mix(Skin, "#a13a34", .42);

    public string LipLine => Mix(Skin, "#3a0f0c", .68);

    public string Blush => Mix(Skin, "#c8452f", .45);

    public string HairShade => Mix(Hair, "#0c0808", .35);

    public string HairLight => Mix(Hair, "#fff2e0", .18);

    public string Brows => Mix(Hair, "#1d1512", .35);

    public string Beard => Mix(Hair, Skin, .18);

    /// <param name="look">JSON, as in <see cref="TeacherCharacter.Look"/>. What it does not say, or says in other words than are drawn, is left plain.</param>
    public static PortraitPaint Of(string look)
    {
        var told = JsonSerializer.Deserialize<Dictionary<string, string>>(look) ?? [];
        return new PortraitPaint(
            Colour(told, "skin", "#dcae8b"), Colour(told, "hairColour", "#4a3226"), Colour(told, "eyes", "#3a2a22"), Colour(told, "clothes", "#5b6f64"),
            HairstyleOf(told.GetValueOrDefault("hair", "")), AccessoryOf(told.GetValueOrDefault("accessory", "")));
    }

    private static Hairstyle HairstyleOf(string words) => words switch
    {
        _ when Says(words, "bald") => Hairstyle.BaldWithBeard,
        _ when Says(words, "curly") => Hairstyle.Curly,
        _ when Says(words, "long") || Says(words, "braid") => Hairstyle.Braided,
        _ => Hairstyle.Tousled,
    };

    private static Accessory AccessoryOf(string words) => Enum.GetValues<Accessory>().FirstOrDefault(one => one != Accessory.None && Says(words, one.ToString()));

    private static bool Says(string words, string word) => words.Contains(word, StringComparison.OrdinalIgnoreCase);

    // Only what is plainly a colour reaches the page: looks come from files that anybody may have written.
    private static string Colour(Dictionary<string, string> told, string name, string otherwise) => told.GetValueOrDefault(name) is { } colour && HexColour().IsMatch(colour) ? colour : otherwise;

    private static string Mix(string colour, string with, double share)
    {
        var mixed = Enumerable.Range(0, 3).Select(channel => (int)Math.Round((Channel(colour, channel) * (1 - share)) + (Channel(with, channel) * share)));
        return "#" + string.Concat(mixed.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static int Channel(string colour, int channel) => int.Parse(colour.AsSpan(1 + (2 * channel), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HexColour();
}
