using System.Security.Cryptography;
using Lectern.Platform;
using Lectern.Platform.Security;

namespace Lectern.Tests.Platform;

public sealed class MasterKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lectern-key-").FullName;

    [Fact]
    public void What_was_encrypted_is_read_by_the_same_key_after_a_restart()
    {
        var text = MasterKey.Load(null, new DataFolder(_folder)).Encrypt("secret", "mail");

        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Equal("secret", MasterKey.Load(null, new DataFolder(_folder)).Decrypt(text, "mail"));
    }

    [Fact]
    public void It_is_not_read_for_another_purpose_nor_by_another_key()
    {
        var key = MasterKey.Load(null, new DataFolder(_folder));
        var other = MasterKey.Load(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), new DataFolder(_folder));
        var text = key.Encrypt("secret", "mail");

        Assert.ThrowsAny<CryptographicException>(() => key.Decrypt(text, "key-ring"));
        Assert.ThrowsAny<CryptographicException>(() => other.Decrypt(text, "mail"));
    }

    [Fact]
    public void A_key_of_the_wrong_length_is_refused_with_advice()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => MasterKey.Load("c2hvcnQ=", new DataFolder(_folder)));

        Assert.Contains("openssl rand", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
