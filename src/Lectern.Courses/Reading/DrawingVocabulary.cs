using System.Collections.Frozen;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Lectern.Courses.Reading;

/// <summary>The part of SVG a drawing may use. What is not named here is not drawn.</summary>
internal static partial class DrawingVocabulary
{
    public static readonly FrozenSet<string> Elements = Split(
        "g path rect circle ellipse line polyline polygon text tspan title desc defs marker linearGradient radialGradient stop use");

    private static readonly FrozenSet<string> Attributes = Split("""
        id class x y x1 y1 x2 y2 cx cy r rx ry dx dy width height d points transform viewBox preserveAspectRatio rotate textLength lengthAdjust pathLength
        offset gradientUnits gradientTransform spreadMethod fx fy markerWidth markerHeight markerUnits refX refY orient role lang focusable
        fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset
        opacity color visibility display font-size font-weight font-style font-family text-anchor dominant-baseline alignment-baseline baseline-shift
        letter-spacing word-spacing text-decoration stop-color stop-opacity marker-start marker-mid marker-end paint-order vector-effect shape-rendering
        """);

    private static readonly FrozenSet<string> FreeText = Split("font-family aria-label aria-description aria-roledescription");

    public static bool IsSvg(XNamespace name) => name == XNamespace.None || name.NamespaceName == "http://www.w3.org/2000/svg";

    public static bool HoldsText(string element) => element is "text" or "tspan" or "title" or "desc";

    public static bool Allows(string attribute) => Attributes.Contains(attribute) || attribute.StartsWith("aria-", StringComparison.Ordinal);

    public static bool IsPlainValue(string attribute, string value) => attribute switch
    {
        _ when FreeText.Contains(attribute) => value.Length <= 1000 && !value.Contains('(', StringComparison.Ordinal),
        "transform" or "gradientTransform" => Transform().IsMatch(value),
        _ => Plain().IsMatch(value) || Colour().IsMatch(value),
    };

    private static FrozenSet<string> Split(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    [GeneratedRegex(@"^[\w\s#.,%+-]*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(rgb|rgba|hsl|hsla)\([\d\s.,%/]*\)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Colour();

    [GeneratedRegex(@"^(\s*(translate|rotate|scale|skewX|skewY|matrix)\s*\([\d\s.,eE+-]*\)[\s,]*)*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Transform();
}
