using Lectern.Tests.Fakes;

namespace Lectern.Tests.Costs;

/// <summary>The servers that the tests of this folder share.</summary>
public sealed class CostsPostgres : SharedPostgres;

[CollectionDefinition(Name)]
public sealed class CostsDatabase : ICollectionFixture<CostsPostgres>
{
    public const string Name = "costs";
}
