namespace Lectern.Costs.Prices.Billing;

/// <summary>
/// Units by the day: ceil(peak / size) · days. There are no fractions of a unit, and a unit of one hour costs its day.
/// Source: azure.microsoft.com/pricing/details/signalr-service: 1,000 connections a unit, 1.61 a unit and day.
/// </summary>
public static class UnitDays
{
    public static decimal Count(decimal peak, decimal size, decimal days = PriceUnit.DaysPerMonth) => Blocks.Started(peak, size) * days;
}
