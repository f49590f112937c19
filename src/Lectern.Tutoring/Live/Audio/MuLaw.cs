using System.Buffers.Binary;

namespace Lectern.Tutoring.Live.Audio;

/// <summary>G.711 µ-law (ITU-T G.711, 1988): 16-bit samples as 8 bits each.</summary>
internal static class MuLaw
{
    private const int Bias = 0x84;
    private const int Clip = 32_635;

    private static readonly short[] Decoded = [.. Enumerable.Range(0, 256).Select(value => Expand((byte)value))];

    public static byte Encode(short sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs((int)sample), Clip) + Bias;
        var exponent = 31 - int.LeadingZeroCount(magnitude) - 7;
        var mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte)~(sign | (exponent << 4) | mantissa);
    }

    public static short Decode(byte value) => Decoded[value];

    /// <param name="pcm">16-bit little-endian samples.</param>
    public static void Encode(ReadOnlySpan<byte> pcm, Span<byte> to)
    {
        for (var i = 0; i < pcm.Length / 2; i++)
            to[i] = Encode(BinaryPrimitives.ReadInt16LittleEndian(pcm[(2 * i)..]));
    }

    private static short Expand(byte value)
    {
        var bits = ~value & 0xFF;
        var magnitude = ((((bits & 0x0F) << 3) + Bias) << ((bits >> 4) & 7)) - Bias;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }
}
