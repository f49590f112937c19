namespace Lectern.Costs.Prices;

/// <summary>What items are good for, by one word on every cloud, so that plans can put clouds side by side.</summary>
public static class PriceKinds
{
    public const string Server = "server";
    public const string BurstCpu = "burst-cpu";
    public const string GpuServer = "gpu-server";
    public const string BlockStorage = "block-storage";
    public const string FileStorage = "file-storage";
    public const string ObjectStorage = "object-storage";
    public const string ObjectStorageBase = "object-storage-base";
    public const string ColdStorage = "cold-storage";
    public const string ArchiveStorage = "archive-storage";
    public const string StorageWrites = "storage-writes";
    public const string StorageReads = "storage-reads";
    public const string StorageRetrieval = "storage-retrieval";
    public const string Backup = "backup";
    public const string BackupShare = "backup-share";
    public const string Postgres = "postgres";
    public const string PostgresStorage = "postgres-storage";
    public const string PostgresBackup = "postgres-backup";
    public const string PostgresServerless = "postgres-serverless";
    public const string Database = "database";
    public const string DatabaseStorage = "database-storage";
    public const string DatabaseRequests = "database-requests";
    public const string Cache = "cache";
    public const string LoadBalancer = "load-balancer";
    public const string LoadBalancerUnits = "load-balancer-units";
    public const string NetworkBalancer = "network-balancer";
    public const string NetworkBalancerUnits = "network-balancer-units";
    public const string Egress = "egress";
    public const string CrossZone = "cross-zone";
    public const string Cdn = "cdn";
    public const string CdnBase = "cdn-base";
    public const string CdnRequests = "cdn-requests";
    public const string CdnPlan = "cdn-plan";
    public const string PublicIp = "public-ip";
    public const string Nat = "nat";
    public const string NatData = "nat-data";
    public const string PrivateEndpoint = "private-endpoint";
    public const string DnsZone = "dns-zone";
    public const string DnsQueries = "dns-queries";
    public const string Firewall = "firewall";
    public const string WebFirewall = "web-firewall";
    public const string WebFirewallRequests = "web-firewall-requests";
    public const string Logs = "logs";
    public const string LogStorage = "log-storage";
    public const string Metrics = "metrics";
    public const string Alarms = "alarms";
    public const string Secrets = "secrets";
    public const string Keys = "keys";
    public const string Registry = "registry";
    public const string Kubernetes = "kubernetes";
    public const string ContainerCpu = "container-cpu";
    public const string ContainerMemory = "container-memory";
    public const string Functions = "functions";
    public const string FunctionRequests = "function-requests";
    public const string Api = "api";
    public const string WebSocket = "websocket";
    public const string Messaging = "messaging";
    public const string Identity = "identity";
    public const string Hosting = "hosting";
    public const string Support = "support";
    public const string Avatar = "avatar";
    public const string AvatarPlan = "avatar-plan";
    public const string ModelInput = "model-input";
    public const string ModelCached = "model-cached";
    public const string ModelOutput = "model-output";
    public const string AudioInput = "audio-input";
    public const string AudioCached = "audio-cached";
    public const string AudioOutput = "audio-output";
    public const string SpeechToText = "speech-to-text";
    public const string TextToSpeech = "text-to-speech";
    public const string VoiceAgent = "voice-agent";
    public const string Telephony = "telephony";
    public const string TelephonyOutbound = "telephony-outbound";
    public const string TelephonyRelay = "telephony-relay";
    public const string TelephonyNumber = "telephony-number";
    public const string TelephonyExtra = "telephony-extra";
    public const string Sms = "sms";
    public const string Mail = "mail";
    public const string MailPlan = "mail-plan";

    /// <summary>What no plan takes by itself: it is named by its id.</summary>
    public const string Other = "other";

    /// <summary>All of them.</summary>
    public static IReadOnlySet<string> All { get; } = typeof(PriceKinds).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToHashSet(); // a constant has a value
}
