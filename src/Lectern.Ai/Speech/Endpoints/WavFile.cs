using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Lectern.Voice.Hearing;

namespace Lectern.Ai.Speech.Endpoints;

/// <summary>A recording as a WAV file: 16-bit PCM, mono. Format: http://soundfile.sapp.org/doc/WaveFormat.</summary>
internal static class WavFile
{
    private const int HeaderLength = 44;

    public static byte[] Of(Recording recording)
    {
        var bytes = recording.Samples.Length * sizeof(short);
        var file = new byte[HeaderLength + bytes];
        var header = file.AsSpan(0, HeaderLength);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], HeaderLength - 8 + bytes);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16); // the length of what describes the format
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1); // mono
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], Recording.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], Recording.SampleRate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16); // bits of a sample
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], bytes);
        MemoryMarshal.AsBytes(recording.Samples.Span).CopyTo(file.AsSpan(HeaderLength));
        return file;
    }
}
