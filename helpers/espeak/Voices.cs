// SPDX-License-Identifier: GPL-3.0-or-later
using System.Runtime.InteropServices;
using System.Text;

namespace Lectern.Espeak;

/// <param name="Name">What requests call it: its first language, such as <c>en-us</c>.</param>
/// <param name="Identifier">What the library calls it: its file, such as <c>gmw/en-US</c>.</param>
/// <param name="Languages">With the library's priority, 1 the highest.</param>
internal sealed record Voice(string Name, string Identifier, IReadOnlyList<(string Tag, int Priority)> Languages);

/// <summary>The voices that are installed, and the variants (of timbre) that can be put on each: <c>en-us+f3</c>.</summary>
internal sealed unsafe class Voices
{
    private readonly Dictionary<string, Voice> _byName;

    private Voices(IEnumerable<Voice> voices, IEnumerable<string> variants)
    {
        _byName = voices.DistinctBy(voice => voice.Name).ToDictionary(voice => voice.Name, StringComparer.OrdinalIgnoreCase);
        Variants = variants.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
    }

    public IEnumerable<Voice> All => _byName.Values;

    public IReadOnlyList<string> Variants { get; }

    /// <summary>Reads the installed voices; the library must be initialized.</summary>
    public static Voices Read() => new(List("").Where(voice => !voice.Identifier.StartsWith("mb/", StringComparison.Ordinal)), List("variant").Select(voice => voice.Identifier.Split('/')[^1]));

    /// <summary>What the library is asked for, or null for a voice or variant that is not installed: it would try to open any file by that name.</summary>
    public string? Find(string name)
    {
        var parts = name.Split('+', 2);
        return !_byName.TryGetValue(parts[0], out var voice) ? null
            : parts.Length == 1 ? voice.Identifier
            : Variants.Contains(parts[1], StringComparer.Ordinal) ? $"{voice.Identifier}+{parts[1]}"
            : null;
    }

    private static List<Voice> List(string language)
    {
        var voices = new List<Voice>();
        fixed (byte* languages = Encoding.UTF8.GetBytes(language + "\0"))
        {
            var filter = new EspeakLibrary.Voice { Languages = languages };
            for (var voice = EspeakLibrary.ListVoices(language.Length == 0 ? null : &filter); *voice is not null; voice++)
            {
                var known = Languages((*voice)->Languages);
                if (known.Count > 0)
                    voices.Add(new(known[0].Tag, Text((*voice)->Identifier), known));
            }
        }
        return voices;
    }

    private static List<(string Tag, int Priority)> Languages(byte* list)
    {
        var languages = new List<(string, int)>();
        while (*list != 0)
        {
            var priority = *list;
            var tag = Text(list + 1);
            languages.Add((tag, priority));
            list += 1 + Encoding.UTF8.GetByteCount(tag) + 1;
        }
        return languages;
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
