using System.Globalization;
using Lectern.Costs.Contracts;
using Lectern.Platform.Localization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Tutoring.Sessions;

/// <summary>Refusals as people and programs are told them.</summary>
internal static class TutoringProblems
{
    public const string Prefix = "urn:lectern:tutoring:";

    public static string TypeOf(Refusal why) => Prefix + why switch
    {
        Refusal.SessionsAtOnce => "sessions-at-once",
        Refusal.SessionsPerDay => "sessions-per-day",
        Refusal.NodeFull => "node-full",
        Refusal.OverBudget => "over-budget",
        _ => "installation-full",
    };

    public static string TitleOf(Refusal why, Texts t) => why switch
    {
        Refusal.SessionsAtOnce => t["You are in other conversations"],
        Refusal.SessionsPerDay => t["Today's conversations are used up"],
        Refusal.OverBudget => t["The budget is used up"],
        _ => t["All places are taken"],
    };

    public static string DetailOf(StartOutcome.Refused refused, Texts t) => refused switch
    {
        { Why: Refusal.SessionsAtOnce } => t.Plural(refused.Limit, "You can hold {count} conversation at a time. Go on with it, or end it, and you can start a new one.",
            "You can hold {count} conversations at a time. Go on with one of them, or end it, and you can start a new one."),
        { Why: Refusal.SessionsPerDay } => t.Plural(refused.Limit, "You have had {count} conversation today. You can start a new one tomorrow.", "You have had {count} conversations today. You can start a new one tomorrow."),
        { Why: Refusal.OverBudget } => SpendingWords.ForStudents(new SpendingState(SpendingLevel.Closed, refused.RetryAt), hasAvatar: false, paysVoice: false, paysEars: false, t) ?? "",
        { RetryAt: null } => t["Very many people are talking with their teachers just now. Try again in a few minutes; the lesson is there meanwhile."],
        _ => t["Very many people are talking with their teachers just now. The lesson is there meanwhile."],
    };

    /// <summary>When it is worth trying again, as a person reads it; null when nobody can say.</summary>
    public static string? WhenOf(StartOutcome.Refused refused, Texts t, DateTimeOffset now) => refused switch
    {
        { RetryAt: null } or { Why: Refusal.OverBudget } => null,
        { IsEstimate: true, RetryAt: { } at } => t.Plural(Math.Max(1, (long)Math.Ceiling((at - now).TotalMinutes)), "The next place is free in about {count} minute.", "The next place is free in about {count} minutes."),
        { RetryAt: { } at } => t["Possible again at the latest: {when}", ("when", t.DateTime(at))],
    };

    /// <summary>429 with <c>retryAt</c>, and <c>Retry-After</c> where it is known.</summary>
    public static ProblemHttpResult Of(HttpContext http, StartOutcome.Refused refused, Texts t, DateTimeOffset now)
    {
        SetRetryAfter(http, refused.RetryAt, now);
        return TypedResults.Problem(statusCode: StatusCodes.Status429TooManyRequests, type: TypeOf(refused.Why), title: TitleOf(refused.Why, t), detail: refused.IsEstimate && WhenOf(refused, t, now) is { } when ? $"{DetailOf(refused, t)} {when}" : DetailOf(refused, t),
            extensions: new Dictionary<string, object?> { ["retryAt"] = refused.RetryAt?.UtcDateTime });
    }

    public static void SetRetryAfter(HttpContext http, DateTimeOffset? retryAt, DateTimeOffset now)
    {
        if (retryAt is { } at)
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling((at - now).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
