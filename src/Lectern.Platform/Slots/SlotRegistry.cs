using System.Security.Claims;
using Microsoft.AspNetCore.Components;

namespace Lectern.Platform.Slots;

/// <summary>The places where a lower room shows what an upper room offers.</summary>
public static class SlotNames
{
    /// <summary>Cards on the home page of a signed-in person. No context.</summary>
    public const string HomeCard = "home-card";

    /// <summary>Beside a lesson; the context is the room Courses' <c>LessonSlotContext</c>.</summary>
    public const string LessonPanel = "lesson-panel";

    /// <summary>On a course's page; the context is the room Courses' <c>CourseSlotContext</c>.</summary>
    public const string CoursePanel = "course-panel";

    /// <summary>Search results over everything; the context is the query text.</summary>
    public const string SearchResults = "search-results";

    /// <summary>Sections of a person's account page. No context.</summary>
    public const string AccountPanel = "account-panel";
}

/// <summary>Where a menu entry stands.</summary>
public enum MenuPlace
{
    Main,
    Admin,
    Account,
}

/// <summary>A link in a menu. <paramref name="Label"/> is an English text, translated when it is shown.</summary>
public sealed record MenuEntry(MenuPlace Place, int Order, string Label, string Href, Func<ClaimsPrincipal, bool> IsVisibleTo);

/// <summary>A component that fills a slot. It takes a parameter <c>Context</c> of the slot's context type, if the slot has one.</summary>
public sealed record SlotFill(string Slot, int Order, Type Component, Func<ClaimsPrincipal, bool> IsVisibleTo);

/// <summary>Everything the rooms put into slots, collected once at start.</summary>
public sealed class SlotRegistry
{
    private readonly List<MenuEntry> _menu = [];
    private readonly List<SlotFill> _fills = [];

    public void AddMenu(MenuPlace place, int order, string label, string href, Func<ClaimsPrincipal, bool>? visibleTo = null) =>
        _menu.Add(new MenuEntry(place, order, label, href, visibleTo ?? IsSignedIn));

    public void Fill<TComponent>(string slot, int order, Func<ClaimsPrincipal, bool>? visibleTo = null)
        where TComponent : IComponent =>
        _fills.Add(new SlotFill(slot, order, typeof(TComponent), visibleTo ?? IsSignedIn));

    public IReadOnlyList<MenuEntry> Menu(MenuPlace place, ClaimsPrincipal person) =>
        [.. _menu.Where(entry => entry.Place == place && entry.IsVisibleTo(person)).OrderBy(entry => entry.Order)];

    public IReadOnlyList<SlotFill> Fills(string slot, ClaimsPrincipal person) =>
        [.. _fills.Where(fill => fill.Slot == slot && fill.IsVisibleTo(person)).OrderBy(fill => fill.Order)];

    private static bool IsSignedIn(ClaimsPrincipal person) => person.Identity?.IsAuthenticated == true;
}
