using System.Text.Json;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Security;

namespace Lectern.Platform.Mail;

/// <summary>A plain-text mail to one person. Links in it are absolute.</summary>
public sealed record Mail(string To, string Subject, string Text);

/// <summary>A mail waits to be sent. Its content is sealed: it holds names and one-time links.</summary>
internal sealed record MailRequested(Guid AggregateId, string Sealed) : IFact
{
    public const string Purpose = "mail";

    public static string FactName => "platform.mail-requested";
}

/// <summary>Mail leaves through the outbox: it is stored with the change that causes it and survives a mail server that is away.</summary>
public sealed class Mailbox(LecternDb db, MasterKey key, TimeProvider time)
{
    /// <summary>Adds the mail to the unit of work; it goes out after SaveChanges.</summary>
    public void Queue(Mail mail) =>
        db.Publish(new MailRequested(Guid.CreateVersion7(time.GetUtcNow()), key.Encrypt(JsonSerializer.Serialize(mail), MailRequested.Purpose)));
}

internal sealed class SendMail(IMailTransport transport, MasterKey key) : IFactHandler<MailRequested>
{
    public Task HandleAsync(MailRequested fact, CancellationToken ct)
    {
        var mail = JsonSerializer.Deserialize<Mail>(key.Decrypt(fact.Sealed, MailRequested.Purpose)) ?? throw new JsonException("The mail is null.");
        return transport.SendAsync(mail, fact.AggregateId, ct);
    }
}
