namespace Lectern.Costs.Audit.Checks; internal sealed class ListPriceChecks : IAuditCheck { public void Check(AuditScope scope) { } }
