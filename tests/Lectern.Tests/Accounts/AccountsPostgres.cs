using Lectern.Tests.Fakes;

namespace Lectern.Tests.Accounts;

/// <summary>The servers that the tests of this folder share.</summary>
public sealed class AccountsPostgres : SharedPostgres;

[CollectionDefinition(Name)]
public sealed class AccountsDatabase : ICollectionFixture<AccountsPostgres>
{
    public const string Name = "accounts";
}
