using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;

namespace Lectern.Platform.Mail;

/// <summary>The section <c>Mail</c>. Without a host, mail is kept as .eml files in the data folder.</summary>
public sealed record MailOptions
{
    public string? Host { get; init; }

    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>STARTTLS; switch it off only for a server on this machine.</summary>
    public bool Tls { get; init; } = true;

    [Required, EmailAddress]
    public string From { get; init; } = "lectern@localhost.localdomain";

    [Required]
    public string FromName { get; init; } = "Lectern";
}

internal interface IMailTransport
{
    /// <param name="id">Becomes the Message-Id, so that a mail sent twice after a crash is recognised as one.</param>
    Task SendAsync(Mail mail, Guid id, CancellationToken ct);
}

/// <summary>Sends by SMTP when a server is set; keeps the mail as a file otherwise.</summary>
internal sealed class MailTransport(IOptions<MailOptions> options, DataFolder data) : IMailTransport
{
    private readonly MailOptions _options = options.Value;

    public async Task SendAsync(Mail mail, Guid id, CancellationToken ct)
    {
        using var message = Compose(mail, id);
        using var client = new SmtpClient();
        if (string.IsNullOrWhiteSpace(_options.Host))
            KeepAsFile(client);
        else
            Reach(client);
        await client.SendMailAsync(message, ct);
    }

    private MailMessage Compose(Mail mail, Guid id)
    {
        var message = new MailMessage(new MailAddress(_options.From, _options.FromName), new MailAddress(mail.To))
        {
            Subject = mail.Subject.ReplaceLineEndings(" "),
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Text,
            BodyEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-Id", $"<{id:n}@{message.From!.Host}>"); // set two lines above
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private void KeepAsFile(SmtpClient client)
    {
        client.DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory;
        client.PickupDirectoryLocation = data.Folder("mail");
    }

    private void Reach(SmtpClient client)
    {
        client.Host = _options.Host!; // checked by the caller
        client.Port = _options.Port;
        client.EnableSsl = _options.Tls;
        client.Timeout = 30_000;
        if (_options.UserName is { Length: > 0 } user)
            client.Credentials = new NetworkCredential(user, _options.Password);
    }
}
