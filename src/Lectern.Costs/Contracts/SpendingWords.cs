using Lectern.Platform.Localization;

namespace Lectern.Costs.Contracts;

/// <summary>What students are told about what is switched off, in plain words; only about what they would have had.</summary>
public static class SpendingWords
{
    /// <param name="hasAvatar">A rendered avatar would be shown.</param>
    /// <param name="paysVoice">The voice is one that costs; the school's own and the browser's stay.</param>
    /// <param name="paysEars">Speech is written down by a service that costs.</param>
    /// <returns>Null when nothing is missing.</returns>
    public static string? ForStudents(SpendingState state, bool hasAvatar, bool paysVoice, bool paysEars, Texts t)
    {
        var until = state.Until is { } ends ? t.DateTime(ends) : "";
        if (!state.AllowsNew)
            return t["The school's budget for conversations is used up. New ones can begin again on {when}. The lessons are there meanwhile.", ("when", until)];
        if (!state.AllowsEars && paysEars)
            return t["Until {when} you type your questions and read the answers: the school's budget is nearly used up.", ("when", until)];
        if (!state.AllowsVoice && paysVoice)
            return t["Until {when} the teacher answers in writing: the school's budget for voices is nearly used up. You can still speak.", ("when", until)];
        if (!state.AllowsAvatar && hasAvatar)
            return t["Until {when} the teacher is drawn instead of filmed: the school's budget for avatars is nearly used up.", ("when", until)];
        return null;
    }

    /// <summary>The same for administrators: what the level means.</summary>
    public static string Of(SpendingLevel level, Texts t) => level switch
    {
        SpendingLevel.Everything => t["Everything is on"],
        SpendingLevel.Voice => t["Avatar off"],
        SpendingLevel.Written => t["Voice off"],
        SpendingLevel.Typed => t["Typed only"],
        _ => t["No new conversations"],
    };
}
