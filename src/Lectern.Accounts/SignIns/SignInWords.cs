using Lectern.Platform.Localization;
using Microsoft.AspNetCore.Http;

namespace Lectern.Accounts.SignIns;

/// <summary>What a person is told when signing in did not work, with the status that goes with it.</summary>
internal static class SignInWords
{
    public static string For(SignInOutcome outcome, Texts T, HttpContext http) => outcome switch
    {
        SignInOutcome.TooMany many => TooMany(many.RetryAfter, T, http),
        SignInOutcome.Busy => Busy(T, http),
        SignInOutcome.Locked => T["This account is locked. Please ask your school."],
        _ => T["E-mail address or password is wrong."],
    };

    public static string TooMany(TimeSpan wait, Texts T, HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        var seconds = RetryAfter.Write(http, wait);
        var minutes = (seconds + 59) / 60;
        return T.Plural(minutes, "There were too many attempts. Please try again in {count} minute.", "There were too many attempts. Please try again in {count} minutes.");
    }

    public static string Busy(Texts T, HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        RetryAfter.Write(http, TimeSpan.FromSeconds(30));
        return T["Very many people are signing in at this moment. Please try again in half a minute."];
    }
}
