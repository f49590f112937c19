using System.Buffers.Binary;
using Lectern.Voice;
using Lectern.Voice.Hearing;

namespace Lectern.Tutoring.Live.Audio;

/// <summary>Binary frames; docs/live-protocol.md, section 10.</summary>
internal static class SoundFrames
{
    private const byte Teacher = 1;
    private const byte Student = 2;
    private const int TeacherHeader = 12;
    private const int StudentHeader = 8;
    private const int LongestMs = 1_000;

    public static byte[] Write(SoundReady sound, bool isMuLaw)
    {
        var samples = sound.Pcm.Length / 2;
        var frame = new byte[TeacherHeader + (isMuLaw ? samples : samples * 2)];
        frame[0] = Teacher;
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), (uint)sound.Generation);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), (uint)sound.Position);
        if (isMuLaw)
            MuLaw.Encode(sound.Pcm.Span, frame.AsSpan(TeacherHeader));
        else
            sound.Pcm.Span.CopyTo(frame.AsSpan(TeacherHeader));
        return frame;
    }

    /// <summary>What the microphone heard.</summary>
    /// <returns>Why the frame cannot be read, in English for whoever writes the client; null when it can.</returns>
    public static string? Read(ReadOnlySpan<byte> frame, bool isMuLaw, out uint position, out short[] samples)
    {
        (position, samples) = (0, []);
        if (frame.Length <= StudentHeader)
            return "A binary frame is too short: 8 bytes and at least one sample are needed.";
        if (frame[0] != Student)
            return "Byte 0 of a binary frame is not 2, the student's voice.";
        var sound = frame[StudentHeader..];
        if (!isMuLaw && sound.Length % 2 != 0)
            return "A binary frame ends in half a sample.";
        var count = isMuLaw ? sound.Length : sound.Length / 2;
        if (count > Recording.SampleRate * LongestMs / 1000)
            return "A binary frame is longer than a second.";
        position = BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]);
        samples = new short[count];
        for (var i = 0; i < count; i++)
            samples[i] = isMuLaw ? MuLaw.Decode(sound[i]) : BinaryPrimitives.ReadInt16LittleEndian(sound[(2 * i)..]);
        return null;
    }
}
