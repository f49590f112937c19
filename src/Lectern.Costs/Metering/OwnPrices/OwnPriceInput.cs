using System.ComponentModel.DataAnnotations;
using Lectern.Platform.Localization;
using Lectern.Ui.Forms;

namespace Lectern.Costs.Metering.OwnPrices;

/// <summary>A price as somebody enters it.</summary>
internal sealed class OwnPriceInput
{
    private const decimal MostAmount = 1_000_000m;

    // The price files hold the same: further off is mostly a slip of the unit.
    private const decimal Jump = 10m;

    [Required] public decimal? Amount { get; set; }

    [Required, RegularExpression("^[A-Z]{3}$")] public string Currency { get; set; } = "";

    [Required, MaxLength(200)] public string Note { get; set; } = "";

    public bool IsConfirmed { get; set; }

    public static OwnPriceInput Of(MeteredPrice price) => new() { Amount = price.OwnAmount is { } amount ? Math.Round(amount, 10) : null, Currency = price.Own?.Currency ?? price.Item.Currency, Note = price.Own?.Note ?? "" };

    /// <summary>Says what is wrong at its field; true when nothing is.</summary>
    public bool Check(FormErrors errors, Texts t, MeteredPrice price, Exchange exchange)
    {
        if (exchange.RateOf(Currency) is not { } rate)
            errors.Add(nameof(Currency), t["There is no rate of exchange for {currency}.", ("currency", Currency)]);
        else if (Amount is not (> 0 and <= MostAmount))
            errors.Add(nameof(Amount), t["Enter a price above 0."]);
        else if (!IsConfirmed && exchange.ToInstallation(price.Listed, price.Item.Currency) is { } listed && listed > 0 && (Amount.Value / rate / listed is var times) && times is > Jump or < 1 / Jump)
            errors.Add(nameof(Amount), t["This is {times} times the catalogue's price. Is it for {unit}? If it is right, say so below.", ("times", t.Number(times, times < 1 ? 4 : 0)), ("unit", price.Item.Unit.Text)]);
        return errors.IsEmpty;
    }
}
