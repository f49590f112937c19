// SPDX-License-Identifier: GPL-3.0-or-later
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lectern.Espeak;

/// <summary>Writes frames: a kind (1 byte), the length of the content (4 bytes, little-endian), the content. README.md has the kinds.</summary>
internal sealed class Answers(Stream output)
{
    public const int Protocol = 1;

    // A fifth of a second at 22,050 samples a second.
    private const int SamplesPerFrame = 4_410;

    public void Hello(Speaker speaker)
    {
        Json('H', json =>
        {
            json.WriteNumber("protocol", Protocol);
            json.WriteString("engine", "espeak-ng");
            json.WriteString("version", speaker.Version);
            json.WriteNumber("sampleRate", speaker.SampleRate);
            json.WriteStartArray("voices");
            foreach (var voice in speaker.Voices.All)
                Write(json, voice);
            json.WriteEndArray();
            json.WriteStartArray("variants");
            foreach (var variant in speaker.Voices.Variants)
                json.WriteStringValue(variant);
            json.WriteEndArray();
        });
        output.Flush();
    }

    public void Spoken(Speech speech)
    {
        Json('M', json =>
        {
            json.WriteNumber("ms", speech.Milliseconds);
            json.WriteStartArray("words");
            foreach (var (milliseconds, start, length) in speech.Marks.Words(speech.Milliseconds))
                Write(json, milliseconds, start, length);
            json.WriteEndArray();
            json.WriteStartArray("visemes");
            foreach (var (milliseconds, viseme) in speech.Marks.VisemesUntil(speech.Milliseconds))
                Write(json, milliseconds, viseme);
            json.WriteEndArray();
        });
        Sound(speech.Samples);
        Frame('E', []);
        output.Flush();
    }

    public void Refused(RefusedException refusal)
    {
        Json('X', json =>
        {
            json.WriteString("code", refusal.Code);
            json.WriteString("message", refusal.Message);
        });
        output.Flush();
    }

    private static void Write(Utf8JsonWriter json, Voice voice)
    {
        json.WriteStartObject();
        json.WriteString("name", voice.Name);
        json.WriteStartObject("languages");
        foreach (var (tag, priority) in voice.Languages.DistinctBy(language => language.Tag))
            json.WriteNumber(tag, priority);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, params ReadOnlySpan<int> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    // The library gives pieces of 20 ms; they go out in fewer frames.
    private void Sound(IReadOnlyList<short[]> pieces)
    {
        var frame = new short[SamplesPerFrame];
        var filled = 0;
        foreach (var piece in pieces)
        {
            for (var at = 0; at < piece.Length;)
            {
                var count = Math.Min(piece.Length - at, frame.Length - filled);
                piece.AsSpan(at, count).CopyTo(frame.AsSpan(filled));
                at += count;
                filled += count;
                if (filled < frame.Length)
                    continue;
                Frame('P', MemoryMarshal.AsBytes(frame.AsSpan()));
                filled = 0;
            }
        }
        if (filled > 0)
            Frame('P', MemoryMarshal.AsBytes(frame.AsSpan(0, filled)));
    }

    private void Json(char kind, Action<Utf8JsonWriter> write)
    {
        var content = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        Frame(kind, content.WrittenSpan);
    }

    private void Frame(char kind, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[5];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], content.Length);
        output.Write(head);
        output.Write(content);
    }
}
