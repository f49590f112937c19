using System.ComponentModel.DataAnnotations;

namespace Lectern.Server.Hosting;

/// <summary>The section <c>Lectern</c>: how this node is reached and where it keeps its things. See docs/configuration.md.</summary>
internal sealed record ServerOptions
{
    /// <summary>Folder for files, unsent mail, keys, logs and the embedded database.</summary>
    [Required]
    public string Data { get; init; } = "data";

    [Range(0, 65535)]
    public int Port { get; init; } = 5080;

    /// <summary>IP address to listen on. The demo always listens on loopback.</summary>
    [Required]
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Show the demo school. Off unless asked for: its passwords are public.</summary>
    public bool Demo { get; init; }

    /// <summary>Read-only from the start.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The address that people type, such as <c>https://school.example</c>; used in mail when no request is at hand.</summary>
    [Url]
    public string? PublicUrl { get; init; }

    /// <summary>32 bytes in base64; needed when several nodes share one database.</summary>
    public string? MasterKey { get; init; }

    /// <summary>Host names that are answered; empty for every name. Set it behind a proxy.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Addresses or networks (CIDR) of the proxies whose <c>X-Forwarded-*</c> headers are believed.</summary>
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    /// <summary>A certificate file for HTTPS: PEM, or PKCS #12 (.pfx).</summary>
    public string? Certificate { get; init; }

    /// <summary>The key file of a PEM certificate.</summary>
    public string? CertificateKey { get; init; }

    public string? CertificatePassword { get; init; }
}
