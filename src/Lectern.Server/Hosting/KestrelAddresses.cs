using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Lectern.Server.CommandLine;

namespace Lectern.Server.Hosting;

internal static class KestrelAddresses
{
    // Every upload route of later rooms raises its own limit; nothing else needs more.
    private const long MaxBody = 4 * 1024 * 1024;

    public static void Listen(WebApplicationBuilder builder, ServerOptions options)
    {
        var certificate = Certificate(options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Listen(Address(options), options.Port, listen =>
            {
                if (certificate is not null)
                    listen.UseHttps(certificate);
            });
        });
    }

    private static IPAddress Address(ServerOptions options)
    {
        if (options.Demo)
            return IPAddress.Loopback;
        return IPAddress.TryParse(options.Address, out var address)
            ? address
            : throw new CommandFailedException($"Lectern:Address must be an IP address such as 127.0.0.1 or 0.0.0.0, not \"{options.Address}\".");
    }

    private static X509Certificate2? Certificate(ServerOptions options)
    {
        if (options.Certificate is null)
            return null;
        try
        {
            if (options.CertificateKey is null)
                return X509CertificateLoader.LoadPkcs12FromFile(options.Certificate, options.CertificatePassword);
            using var pem = options.CertificatePassword is null
                ? X509Certificate2.CreateFromPemFile(options.Certificate, options.CertificateKey)
                : X509Certificate2.CreateFromEncryptedPemFile(options.Certificate, options.CertificatePassword, options.CertificateKey);
            // SslStream cannot use the ephemeral key of a PEM pair on every platform.
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The certificate {options.Certificate} cannot be used: {failure.Message}", failure);
        }
    }
}
