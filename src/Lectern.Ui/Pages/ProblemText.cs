using Lectern.Platform.Localization;

namespace Lectern.Ui.Pages;

/// <summary>The words for an HTTP status, for people.</summary>
internal sealed record ProblemText(string Happened, string Kept, string WhatToDo)
{
    public static ProblemText Empty { get; } = new("", "", "");

    public static ProblemText For(int code, Texts T) => code switch
    {
        400 => new(T["The form could not be read"], T["Nothing was changed."], T["It may have been open for too long. Go back, reload the page and send it again; what you typed is usually still there."]),
        401 => new(T["Please sign in"], T["Nothing was changed."], T["This page is for people of this school."]),
        403 => new(T["This page is not open to you"], T["Nothing was changed."], T["You may be signed in with another account than you need, or your role does not include this. Ask your school if you think it should."]),
        404 => new(T["This page does not exist"], T["Nothing was lost: the address may be mistyped, or what was here was moved or deleted."], T["Check the address, or start again from the home page."]),
        413 => new(T["This file is too large"], T["The file was not stored; everything else is as it was."], T["Choose a smaller file and send it again."]),
        429 => new(T["That was a little too often"], T["Nothing was changed by the last attempt."], T["Wait a minute and try again."]),
        503 => new(T["This is not possible just now"], T["Everything that was saved before is safe. The last change was not made."], T["Lectern is being maintained or is very busy. Go back, keep what you typed, and try again in a few minutes."]),
        _ => new(T["Something went wrong on our side"], T["Everything that was saved before is safe. The last step may not have been finished."], T["Try again. If it happens once more, tell your school what you were doing and when."]),
    };
}
