using System.Text;

namespace Lectern.Costs.Audit.Reading;

/// <summary>UTF-8 that was read as Windows-1252 and written as UTF-8 again: "Ã—" for "×", "â€“" for "–". Undone where it can be.</summary>
internal static class Mojibake
{
    // What Windows-1252 shows for the bytes 80 to 9F; the five it leaves undefined stay what they are.
    private const string High = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    /// <summary>The text with every double-encoded character put right, and how many there were.</summary>
    public static (string Text, int Repaired) Repair(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\u00C2', '\u00F4') < 0)
            return (text, 0);
        var repaired = new StringBuilder(text.Length);
        var count = 0;
        Span<byte> bytes = stackalloc byte[4];
        for (var at = 0; at < text.Length;)
        {
            var length = LengthOf(ByteOf(text[at]));
            if (length > 1 && at + length <= text.Length && TryBytes(text.AsSpan(at, length), bytes) && Rune.DecodeFromUtf8(bytes[..length], out var rune, out var used) == System.Buffers.OperationStatus.Done && used == length)
            {
                repaired.Append(rune.ToString());
                at += length;
                count++;
                continue;
            }
            repaired.Append(text[at++]);
        }
        return count == 0 ? (text, 0) : (repaired.ToString(), count);
    }

    /// <summary>Bytes as Windows-1252 shows them: for files that are no valid UTF-8.</summary>
    public static string FromWindows1252(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
            text.Append(value is >= 0x80 and < 0xA0 ? High[value - 0x80] : (char)value);
        return text.ToString();
    }

    private static bool TryBytes(ReadOnlySpan<char> letters, Span<byte> bytes)
    {
        for (var at = 0; at < letters.Length; at++)
        {
            var value = ByteOf(letters[at]);
            if (value < 0 || at > 0 && value is < 0x80 or > 0xBF)
                return false;
            bytes[at] = (byte)value;
        }
        return true;
    }

    private static int LengthOf(int lead) => lead switch { >= 0xC2 and <= 0xDF => 2, >= 0xE0 and <= 0xEF => 3, >= 0xF0 and <= 0xF4 => 4, _ => 1 };

    private static int ByteOf(char letter) => letter < 0x100 && letter is < '\u0080' or > '\u009F' ? letter < 0x100 ? letter : -1 : High.IndexOf(letter) is var at and >= 0 ? at + 0x80 : -1;
}
