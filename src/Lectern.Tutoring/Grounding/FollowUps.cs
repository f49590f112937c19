using System.Collections.Frozen;
using Lectern.Platform.Localization;

namespace Lectern.Tutoring.Grounding;

/// <summary>What a student may want besides an answer to a question.</summary>
internal enum Wish
{
    Answer,
    Simpler,
    Again,
    Example,
    Next,
    Quiz,
    Hint,
    Hello,
    Thanks,
}

/// <summary>
/// Knows the short things students say to steer a conversation: those of the classroom's quick replies in every language, and common others in
/// English and German. Only a message that is nothing else counts, so that a question that begins with "again" stays a question.
/// </summary>
internal sealed class FollowUps
{
    private const int LongestWish = 60;

    private static readonly (Wish Wish, string[] Words)[] Common =
    [
        (Wish.Simpler, ["simpler", "simpler please", "more simply", "say it simpler", "explain it simpler", "explain more simply", "easier", "i don't understand", "i don't get it", "i do not understand",
            "too complicated", "too hard", "what does that mean", "huh", "einfacher", "einfacher bitte", "erklär es einfacher", "ich verstehe das nicht", "ich verstehe es nicht", "zu schwer", "zu kompliziert", "hä"]),
        (Wish.Again, ["again", "again please", "once more", "repeat", "repeat that", "say that again", "say it again", "what did you say", "pardon", "noch mal", "nochmal", "noch einmal", "wiederhole das", "wie bitte"]),
        (Wish.Example, ["example", "an example", "an example please", "for example", "give an example", "show me an example", "can you give me an example", "another example", "beispiel", "ein beispiel", "zum beispiel", "ein beispiel bitte", "hast du ein beispiel"]),
        (Wish.Next, ["next", "go on", "continue", "carry on", "more", "tell me more", "and then", "what's next", "what is next", "weiter", "mach weiter", "mehr", "erzähl mehr", "und dann"]),
        (Wish.Quiz, ["quiz", "quiz me please", "test me", "ask me something", "ask me a question", "another", "another one", "another question", "next question", "quiz me again", "quiz mich", "frag mich was", "frag mich etwas",
            "teste mich", "noch eine", "noch eine frage", "nächste frage"]),
        (Wish.Hint, ["hint", "a hint", "give me a hint", "a hint please", "tipp", "ein tipp", "gib mir einen tipp"]),
        (Wish.Hello, ["hi", "hello", "hey", "hello there", "good morning", "good afternoon", "good evening", "hallo", "guten morgen", "guten tag", "guten abend", "moin", "servus"]),
        (Wish.Thanks, ["thanks", "thank you", "thank you very much", "thanks a lot", "ok thanks", "great thanks", "ok", "okay", "got it", "i see", "danke", "danke schön", "vielen dank", "alles klar", "verstanden"]),
    ];

    private readonly FrozenDictionary<string, Wish> _known;

    public FollowUps(TextLibrary library)
    {
        var known = Common.SelectMany(group => group.Words.Select(words => (Words: words, group.Wish)));
        var chips = library.Languages.Select(language => library.For(language, school: null)).SelectMany(Chips);
        _known = known.Concat(chips).Select(pair => (Words: Bare(pair.Words), pair.Wish)).DistinctBy(pair => pair.Words).ToFrozenDictionary(pair => pair.Words, pair => pair.Wish, StringComparer.Ordinal);
    }

    public Wish Of(string message) => message.Length <= LongestWish && _known.TryGetValue(Bare(message), out var wish) ? wish : Wish.Answer;

    private static IEnumerable<(string Words, Wish Wish)> Chips(Texts t) =>
    [
        (t["Explain that more simply"], Wish.Simpler), (t["Give me an example"], Wish.Example), (t["Quiz me"], Wish.Quiz), (t["What comes next?"], Wish.Next),
    ];

    private static string Bare(string message) =>
        string.Join(' ', new string([.. message.ToLowerInvariant().Replace('’', '\'').Where(c => char.IsLetterOrDigit(c) || c is '\'' or ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
