// SPDX-License-Identifier: GPL-3.0-or-later
using System.Buffers;
using System.Text.Json;

namespace Lectern.Espeak;

/// <summary>One phrase to speak: a line of JSON. README.md has the fields.</summary>
internal sealed record Request(string Text, string Voice, int Rate, int Pitch, int Volume)
{
    public const int MaxTextLength = 2_000;

    /// <summary>The longest line that a fitting text can make, each code unit escaped, with room for the other fields.</summary>
    public const int MaxLineLength = (MaxTextLength * 6) + 1_000;

    /// <exception cref="RefusedException">The line is no request.</exception>
    public static Request Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 4 });
            var fields = json.RootElement;
            var request = new Request(fields.GetProperty("text").GetString() ?? "", fields.GetProperty("voice").GetString() ?? "", Number(fields, "rate", 165), Number(fields, "pitch", 50), Number(fields, "volume", 100));
            return request.Text.Length <= MaxTextLength ? request with { Text = Harmless(request.Text) } : throw TooLong();
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new RefusedException("bad-request", "A request is a line of JSON with \"text\" and \"voice\".");
        }
    }

    public static RefusedException TooLong() => new("too-long", $"A text has at most {MaxTextLength} UTF-16 code units.");

    private static int Number(JsonElement fields, string name, int otherwise) => fields.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;

    // Control characters are commands to the library (Ctrl+A) or end the text (0). Half a surrogate pair is no character, and the library loses the words
    // after a replacement character. Lengths stay as they are.
    private static string Harmless(string text) => string.Create(text.Length, text, (harmless, original) =>
    {
        for (var at = 0; at < original.Length; at++)
        {
            var isPair = char.IsSurrogatePair(original, at);
            harmless[at] = char.IsControl(original[at]) || original[at] == '\uFFFD' || (char.IsSurrogate(original[at]) && !isPair) ? ' ' : original[at];
            if (isPair)
                harmless[at + 1] = original[++at];
        }
    });
}

/// <summary>What is answered to a request that is not spoken. Neither part repeats anything of the text.</summary>
internal sealed class RefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
