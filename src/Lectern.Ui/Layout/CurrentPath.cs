using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Lectern.Ui.Layout;

/// <summary>Where the reader is, for links that keep or recognise the place.</summary>
internal static class CurrentPath
{
    /// <summary>Path and query, starting with a slash.</summary>
    public static string Of(NavigationManager navigation) => "/" + navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0];

    /// <summary>The page that was asked for: on the page of an error the one that failed, whose address the browser still shows.</summary>
    public static string Asked(NavigationManager navigation, HttpContext? http)
    {
        if (http?.Features.Get<IStatusCodeReExecuteFeature>() is { } failed)
            return failed.OriginalPath + failed.OriginalQueryString;
        if (http?.Features.Get<IExceptionHandlerPathFeature>() is { } broken)
            return broken.Path + http.Request.QueryString;
        return Of(navigation);
    }

    /// <summary>The same address with one query value changed (or removed, by null); the language wish is not carried on.</summary>
    public static string With(NavigationManager navigation, string name, object? value) => With(navigation, Of(navigation), name, value);

    public static string With(NavigationManager navigation, string path, string name, object? value)
    {
        var address = navigation.GetUriWithQueryParameters(navigation.ToAbsoluteUri(path).AbsoluteUri, new Dictionary<string, object?> { ["lang"] = null, [name] = value });
        return "/" + navigation.ToBaseRelativePath(address).Split('#')[0];
    }

    /// <summary>Whether the reader is on the page <paramref name="href"/> or below it.</summary>
    public static bool IsAt(NavigationManager navigation, string href)
    {
        var path = Of(navigation).Split('?')[0].TrimEnd('/');
        var target = href.Split('?')[0].TrimEnd('/');
        return path == target || (target.Length > 0 && path.StartsWith(target + "/", StringComparison.Ordinal));
    }
}
