using Lectern.Costs.Audit.Reading;

namespace Lectern.Costs.Audit.Checks;

/// <summary>Whether a stated amount may pass for a computed one, given how many digits it shows.</summary>
internal static class Agreement
{
    /// <summary>A product: right to half of the last digit shown.</summary>
    public static bool OfProduct(Figure stated, Extent computed) => Holds(stated.Value, computed, HalfDigit(stated) * 1.02m + (stated.IsApproximate ? Math.Abs(computed.High) * 0.05m : 0));

    /// <summary>
    /// A sum: to two cents where cents are shown; a whole amount may differ by half where the rows show cents, by one from a hundred on where the document rounds.
    /// </summary>
    public static bool OfSum(Figure stated, Extent computed, bool rowsShowCents, bool documentShowsCents)
    {
        var size = Math.Max(Math.Abs(stated.Value.Low), Math.Abs(stated.Value.High));
        var tolerance = stated.Decimals >= 2 ? 0.02m : stated.Decimals == 1 ? 0.1m : size >= 100 && (rowsShowCents || documentShowsCents) ? 1m : rowsShowCents ? 0.5m : 0.01m;
        return Holds(stated.Value, computed, tolerance + (stated.IsApproximate && size >= 50 ? size * 0.02m : 0));
    }

    /// <summary>Both ends hold. One stated amount may stand for either end of a computed span, or for its middle.</summary>
    public static bool Holds(Extent stated, Extent computed, decimal tolerance)
    {
        if (Math.Abs(stated.Low - computed.Low) <= tolerance && Math.Abs(stated.High - computed.High) <= tolerance)
            return true;
        return stated.IsSingle && !computed.IsSingle && (Near(stated.Low, computed.Low) || Near(stated.Low, computed.High) || Near(stated.Low, (computed.Low + computed.High) / 2));

        bool Near(decimal left, decimal right) => Math.Abs(left - right) <= tolerance;
    }

    /// <summary>The writer rounded further than the digits say, and no more: within a tenth, to a number with fewer digits, or by less than one.</summary>
    public static bool IsRounding(Figure stated, Extent computed) => IsRounding(stated.Value.Low, computed.Low) && IsRounding(stated.Value.High, computed.High);

    public static decimal HalfDigit(Figure figure) => figure.Decimals switch { 0 => 0.5m, 1 => 0.05m, 2 => 0.005m, 3 => 0.0005m, _ => 0.00005m };

    private static bool IsRounding(decimal stated, decimal computed) =>
        stated == computed || Math.Abs(stated - computed) < 1m && Math.Truncate(stated) == stated || Math.Abs(stated - computed) <= Math.Abs(computed) * 0.04m && (stated % 5 == 0 && stated >= 20 && computed % 5 != 0);
}
