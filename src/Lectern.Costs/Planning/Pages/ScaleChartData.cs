namespace Lectern.Costs.Planning.Pages;

/// <summary>Cost per student against their number, both axes logarithmic, in a field of 480 by 268.</summary>
internal sealed record ScaleChartData(IReadOnlyList<AxisMark> Across, IReadOnlyList<AxisMark> Up, string Band, string Line, IReadOnlyList<(decimal X, decimal Y)> Points, (decimal X, decimal Y)? Here)
{
    public const int Left = 58;
    public const int Right = 446;
    public const int Top = 12;
    public const int Bottom = 222;

    /// <param name="students">The plan's own number.</param>
    /// <returns>Null where there is nothing to draw.</returns>
    public static ScaleChartData? Of(IReadOnlyList<ScalePoint> scale, decimal students)
    {
        var points = scale.Where(point => point.PerStudent.Low > 0).ToList();
        if (points.Count < 2)
            return null;
        var (firstX, lastX) = (Floor(points[0].Students), Ceiling(points[^1].Students));
        var (firstY, lastY) = (Floor(points.Min(point => point.PerStudent.Low)), Ceiling(points.Max(point => point.PerStudent.High)));
        var low = points.Select(point => (X: X(point.Students), Y: Y(point.PerStudent.Low))).ToList();
        var high = points.Select(point => (X: X(point.Students), Y: Y(point.PerStudent.High))).ToList();
        var middle = points.Select(point => (X: X(point.Students), Y: Y(point.PerStudent.Middle))).ToList();
        var here = points.FindIndex(point => point.Students == students) is var index and >= 0 ? middle[index] : ((decimal, decimal)?)null;
        return new ScaleChartData([.. Decades(firstX, lastX).Select(decade => new AxisMark(X(Power(decade)), Power(decade)))], [.. Decades(firstY, lastY).Select(decade => new AxisMark(Y(Power(decade)), Power(decade)))],
            Path(high) + " L" + Path(low.AsEnumerable().Reverse())[1..] + " Z", Path(middle), middle, here);

        decimal X(decimal value) => Place(value, firstX, lastX, Left, Right);

        decimal Y(decimal value) => Place(value, firstY, lastY, Bottom, Top);
    }

    private static int Floor(decimal value) => (int)Math.Floor(Math.Log10((double)value));

    private static int Ceiling(decimal value) => (int)Math.Ceiling(Math.Log10((double)value));

    private static IEnumerable<int> Decades(int first, int last) => Enumerable.Range(first, Math.Max(first + 1, last) - first + 1);

    private static decimal Power(int decade) => (decimal)Math.Pow(10, decade);

    private static decimal Place(decimal value, int first, int last, int from, int to) =>
        Math.Round(from + (to - from) * (decimal)((Math.Log10((double)value) - first) / (Math.Max(first + 1, last) - first)), 1);

    private static string Path(IEnumerable<(decimal X, decimal Y)> points) => "M" + string.Join(" L", points.Select(point => FormattableString.Invariant($"{point.X},{point.Y}")));
}

/// <param name="At">Where on the axis.</param>
internal sealed record AxisMark(decimal At, decimal Value);
