namespace Lectern.Costs.Audit.Reading;

/// <summary>
/// Finds the numbers in a text: money, counts with units, ranges, percentages, prices per something. Reads by hand from left to right, so that its time grows with the text's length only.
/// </summary>
internal sealed class FigureReader(NumberConvention convention)
{
    // Words after a number that are no unit.
    private static readonly string[] Joining = ["x", "X", "per", "pro", "par", "por", "je", "to", "or", "and", "of", "at", "for", "in", "the", "oder", "und", "bis", "von", "ou", "et", "each", "with"];

    public IReadOnlyList<Figure> Read(string text)
    {
        if (!HasDigit(text))
            return [];
        var figures = new List<Figure>();
        for (var at = 0; at < text.Length;)
        {
            var letter = text[at];
            if (char.IsAsciiDigit(letter) || Currencies.IsSymbol(letter))
            {
                var figure = TryRead(text, at, out var end);
                if (figure is not null)
                    figures.Add(figure);
                at = Math.Max(end, at + 1);
            }
            else if (char.IsLetter(letter) || letter == '_')
            {
                at = PastWord(text, at, figures);
            }
            else
            {
                at++;
            }
        }
        return figures;
    }

    private static bool HasDigit(string text) => text.AsSpan().IndexOfAnyInRange('0', '9') >= 0;

    // A word swallows its digits ("c5.2xlarge", "M10"), unless it is a currency before a number ("CHF 20", "US$5").
    private int PastWord(string text, int at, List<Figure> figures)
    {
        var end = at;
        while (end < text.Length && char.IsLetter(text[end]))
            end++;
        if (end < text.Length && text[end] == '$' && end - at <= 2)
        {
            if (TryRead(text, end, out var past) is { } dollars)
            {
                figures.Add(dollars with { Currency = Currencies.OfDollar(text.AsSpan(at, end - at)), Start = at });
                return past;
            }
            return end + 1;
        }
        if (Currencies.OfWord(text.AsSpan(at, end - at)) is { } currency)
        {
            var digits = end;
            while (digits < text.Length && text[digits] is ' ' or '\u00A0' or '.' or '-')
                digits++;
            if (digits < text.Length && digits - end <= 2 && char.IsAsciiDigit(text[digits]) && TryRead(text, digits, out var past) is { } money)
            {
                figures.Add(money with { Currency = money.Currency ?? currency, Value = text[digits - 1] == '-' ? -money.Value : money.Value, Start = at });
                return past;
            }
            return end;
        }
        // "3x"-like factors begin with the digit and never come here; "x3" and "t3.medium" do.
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_' || text[end] is '.' or '-' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1]) && HasDigitSince(text, at, end)))
            end++;
        return end;
    }

    private static bool HasDigitSince(string text, int start, int end) => text.AsSpan(start, end - start).IndexOfAnyInRange('0', '9') >= 0;

    private Figure? TryRead(string text, int at, out int end)
    {
        end = at + 1;
        var first = Number(text, at, out var next);
        if (first is null)
        {
            end = Math.Max(end, next);
            return null;
        }
        // Dates and times are no figures: 2025-10-31, 10:30.
        if (next < text.Length && text[next] == ':' && next + 1 < text.Length && char.IsAsciiDigit(text[next + 1]) || IsDate(text, at, next))
        {
            end = PastDate(text, next);
            return null;
        }
        var last = first;
        var isReversed = false;
        if (RangeEnd(text, next) is var second and > 0 && Number(text, second, out var past) is { } upper && upper.IsNegative == false)
        {
            if (!IsDate(text, second, past))
            {
                last = upper;
                next = past;
                if (first.Scale == 1 && upper.Scale > 1 && first.Unit.Length == 0 && first.Value < upper.Value)
                    first = first with { Value = first.Value * upper.Scale };
                isReversed = (first.IsNegative ? -first.Value : first.Value) > upper.Value;
            }
        }
        return Finish(text, at, first, last, isReversed, next, out end);
    }

    private static Figure Finish(string text, int at, Part first, Part last, bool isReversed, int next, out int end)
    {
        var currency = first.Currency ?? last.Currency;
        var unit = last.Unit.Length > 0 ? last.Unit : first.Unit;
        var percent = first.IsPercent || last.IsPercent;
        var (per, period) = Tails(text, ref next, currency is not null);
        var (plain, scale, other) = unit.Length > 0 ? Units.Plain(unit) : ("", 1m, 1m);
        end = next;
        var low = first.Value * (first.IsNegative ? -1 : 1);
        var high = ReferenceEquals(first, last) ? low : last.Value;
        return new Figure
        {
            Value = new Extent(low * scale, high * scale), Currency = currency, Unit = plain, OtherScale = other, Per = per, Period = period, IsPercent = percent,
            IsApproximate = IsApproximate(text, at), IsAmbiguous = first.IsAmbiguous || last.IsAmbiguous, IsReversed = isReversed, Decimals = Math.Max(first.Decimals, last.Decimals), Start = first.Start, End = end,
        };
    }

    // "/month", "per user per month", "/1M messages": a period, a rate, or both.
    private static (Rate? Per, Period Period) Tails(string text, ref int next, bool isMoney)
    {
        Rate? per = null;
        var period = Period.None;
        for (var turn = 0; turn < 3 && RateReader.TryRead(text, next, out var rate, out var past); turn++)
        {
            var asPeriod = rate.Count == 1 ? Units.PeriodOf(rate.Unit) : Period.None;
            if (asPeriod != Period.None)
                period = asPeriod;
            else if (isMoney && per is null)
                per = rate;
            else
                break;
            next = past;
        }
        return (per, period);
    }

    private static bool IsApproximate(string text, int at)
    {
        var before = text.AsSpan(0, at).TrimEnd(" *\u00A0-−");
        return before.EndsWith("~") || before.EndsWith("≈") || before.EndsWith("about", StringComparison.OrdinalIgnoreCase) || before.EndsWith("approx.", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("ca.", StringComparison.OrdinalIgnoreCase) || before.EndsWith("circa", StringComparison.OrdinalIgnoreCase) || before.EndsWith("etwa", StringComparison.OrdinalIgnoreCase) || before.EndsWith("rund", StringComparison.OrdinalIgnoreCase);
    }

    // The place where the second number of a range begins; 0: no range. With blanks around it a hyphen must not be a minus: "$10 - $3" is none.
    private static int RangeEnd(string text, int at)
    {
        var next = at;
        while (next < text.Length && text[next] is ' ' or '*')
            next++;
        if (next >= text.Length)
            return 0;
        if (text[next] is '-' or '–' or '—')
            next++;
        else if (text.AsSpan(next).StartsWith("to ") || text.AsSpan(next).StartsWith("bis "))
            next += text[next] == 't' ? 3 : 4;
        else
            return 0;
        while (next < text.Length && text[next] == ' ')
            next++;
        return next < text.Length && (char.IsAsciiDigit(text[next]) || Currencies.IsSymbol(text[next]) && next + 1 < text.Length && char.IsAsciiDigit(text[next + 1])) ? next : 0;
    }

    private static bool IsDate(string text, int at, int next) =>
        next - at == 4 && next + 5 < text.Length && text[next] == '-' && char.IsAsciiDigit(text[next + 1]) && char.IsAsciiDigit(text[next + 2]) && text[next + 3] == '-' && char.IsAsciiDigit(text[next + 4]);

    private static int PastDate(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '-' or ':' or 'T' or '.' or 'Z'))
            at++;
        return at;
    }

    private Part? Number(string text, int at, out int next)
    {
        next = at;
        var begin = at;
        string? currency = null;
        var isMinusInside = false;
        if (Currencies.IsSymbol(text[at]))
        {
            currency = Currencies.OfSymbol(text[at]);
            at++;
            while (at < text.Length && text[at] is ' ' or '\u00A0' or '\u202F' or '-' or '−')
                isMinusInside |= text[at++] is '-' or '−';
            if (at >= text.Length || !char.IsAsciiDigit(text[at]))
                return null;
        }
        var end = NumberText.EndOfRun(text, at);
        next = end;
        if (!NumberText.TryRead(text.AsSpan(at, end - at), convention, Currencies.GroupsByComma(currency), out var value, out var decimals, out var isAmbiguous))
            return null;
        var isNegative = isMinusInside || IsNegative(text, at, currency is not null);
        var part = new Part(value, currency, isAmbiguous, decimals, isNegative, begin);
        return WithSuffix(text, part, ref next);
    }

    // A minus belongs to the number where nothing stands before it: "-$120", "$-20", "−5", but not "3-5".
    private static bool IsNegative(string text, int start, bool isMoney)
    {
        var at = start - 1;
        while (at >= 0 && (text[at] == ' ' && isMoney || Currencies.IsSymbol(text[at])))
            at--;
        if (at < 0 || text[at] is not ('-' or '−'))
            return false;
        at--;
        return at < 0 || text[at] is ' ' or '*' or '(' or '|' or ':' or '~';
    }

    private static Part WithSuffix(string text, Part part, ref int next)
    {
        var at = next;
        if (at < text.Length && text[at] == '%' || at + 1 < text.Length && text[at] is ' ' or '\u00A0' or '\u202F' && text[at + 1] == '%')
        {
            next = text[at] == '%' ? at + 1 : at + 2;
            return part with { IsPercent = true };
        }
        var word = WordAt(text, at);
        // "1K", "2M", "10 million": attached letters, or a word of its own.
        if (word.Length == 1 && word[0] is 'K' or 'k' or 'M' or 'B' && Units.ScaleOf(word == "B" ? "bn" : word) is { } scale)
        {
            part = part with { Value = part.Value * scale, Scale = scale };
            at += 1;
        }
        else if (SpacedWord(text, at, out var afterScale) is { Length: > 1 } spaced && Units.ScaleOf(spaced) is { } worded)
        {
            part = part with { Value = part.Value * worded, Scale = worded };
            at = afterScale;
        }
        next = at;
        if (part.Currency is null && SpacedCurrency(text, at, out var past) is { } currency)
        {
            next = past;
            return part with { Currency = currency };
        }
        if (part.Currency is null && SpacedWord(text, at, out var afterUnit) is { Length: > 0 } unit && !Joining.Contains(unit))
        {
            next = afterUnit;
            return part with { Unit = unit };
        }
        return part;
    }

    private static string? SpacedCurrency(string text, int at, out int past)
    {
        past = at;
        while (past < text.Length && text[past] is ' ' or '\u00A0' or '\u202F')
            past++;
        if (past >= text.Length)
            return null;
        if (Currencies.IsSymbol(text[past]))
        {
            // In "Brevo 5 $20" the sign belongs to what follows.
            if (past > at && past + 1 < text.Length && char.IsAsciiDigit(text[past + 1]))
                return null;
            return Currencies.OfSymbol(text[past++]);
        }
        var word = WordAt(text, past);
        if (Currencies.OfWord(word) is not { } currency)
            return null;
        past += word.Length;
        return currency;
    }

    private static string SpacedWord(string text, int at, out int past)
    {
        past = at;
        if (past < text.Length && text[past] is ' ' or '\u00A0' or '-')
            past++;
        var word = WordAt(text, past);
        past += word.Length;
        return word;
    }

    private static string WordAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsLetter(text[end]) || text[end] == '-' && end > at && end + 1 < text.Length && char.IsLetter(text[end + 1])))
            end++;
        return end > at ? text[at..end] : "";
    }

    private sealed record Part(decimal Value, string? Currency, bool IsAmbiguous, int Decimals, bool IsNegative, int Start)
    {
        public decimal Scale { get; init; } = 1;

        public string Unit { get; init; } = "";

        public bool IsPercent { get; init; }
    }
}
