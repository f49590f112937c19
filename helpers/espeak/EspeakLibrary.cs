// SPDX-License-Identifier: GPL-3.0-or-later
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lectern.Espeak;

/// <summary>The functions of libespeak-ng that are used, as its header <c>speak_lib.h</c> declares them. Not safe for threads: the library has one state per process.</summary>
internal static unsafe partial class EspeakLibrary
{
    public const int AudioOutputSynchronous = 2;
    public const int InitializePhonemeEvents = 1;
    public const int InitializePhonemeIpa = 2;
    public const int InitializeDontExit = 0x8000;
    public const int PositionCharacter = 1;
    public const uint CharsUtf8 = 1;
    public const int Rate = 1;
    public const int Volume = 2;
    public const int Pitch = 3;

    private const string Name = "espeak-ng";
    private static readonly string[] Files = ["libespeak-ng.so.1", "libespeak-ng.1.dylib", "/opt/homebrew/lib/libespeak-ng.1.dylib", "/usr/local/lib/libespeak-ng.1.dylib"];

    /// <summary>Says where the library is; false where it is not installed.</summary>
    public static bool TryLoad()
    {
        foreach (var file in Files)
        {
            if (!NativeLibrary.TryLoad(file, out var library))
                continue;
            NativeLibrary.SetDllImportResolver(typeof(EspeakLibrary).Assembly, (name, _, _) => name == Name ? library : 0);
            return true;
        }
        return false;
    }

    [LibraryImport(Name, EntryPoint = "espeak_Initialize", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Initialize(int output, int bufferMilliseconds, string? path, int options);

    [LibraryImport(Name, EntryPoint = "espeak_Info")]
    public static partial byte* Info(byte** dataPath);

    /// <param name="filter">Null for all voices.</param>
    [LibraryImport(Name, EntryPoint = "espeak_ListVoices")]
    public static partial Voice** ListVoices(Voice* filter);

    [LibraryImport(Name, EntryPoint = "espeak_SetVoiceByName", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetVoiceByName(string name);

    [LibraryImport(Name, EntryPoint = "espeak_SetParameter")]
    public static partial int SetParameter(int parameter, int value, int relative);

    [LibraryImport(Name, EntryPoint = "espeak_SetSynthCallback")]
    public static partial void SetSynthCallback(delegate* unmanaged[Cdecl]<short*, int, Event*, int> callback);

    [LibraryImport(Name, EntryPoint = "espeak_Synth")]
    public static partial int Synth(byte* text, nuint size, uint position, int positionType, uint endPosition, uint flags, uint* identifier, nint userData);

    public enum EventType
    {
        ListTerminated = 0,
        Word = 1,
        Phoneme = 7,
    }

    /// <summary><c>espeak_EVENT</c> on 64-bit systems.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 40)]
    public struct Event
    {
        [FieldOffset(0)] public EventType Type;

        /// <summary>In characters of the text, from 1.</summary>
        [FieldOffset(8)] public int TextPosition;

        /// <summary>Of a word, in characters.</summary>
        [FieldOffset(12)] public int Length;

        [FieldOffset(16)] public int AudioMilliseconds;

        /// <summary>Of a phoneme; ended by 0 if it is shorter than its place.</summary>
        [FieldOffset(32)] public PhonemeName Name;
    }

    [InlineArray(8)]
    public struct PhonemeName
    {
        private byte _first;
    }

    /// <summary><c>espeak_VOICE</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Voice
    {
        public byte* Name;

        /// <summary>Pairs of a priority (one byte) and a language (ended by 0); a priority of 0 ends the list.</summary>
        public byte* Languages;

        public byte* Identifier;
        public byte Gender;
        public byte Age;
        public byte Variant;
        public byte Reserved;
        public int Score;
        public void* Spare;
    }
}
