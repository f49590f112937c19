using Lectern.Costs.Planning.Input;

namespace Lectern.Costs.Planning.Profiles;

/// <summary>The shape of a profile: what stands how often, whatever the cloud.</summary>
/// <param name="Regions">Places that run the whole program.</param>
/// <param name="Zones">Zones in each region.</param>
/// <param name="LeastNodes">Nodes in each region at least.</param>
/// <param name="SpareNodes">Nodes in each region that may fail while the rest carries the busiest moment.</param>
/// <param name="SharesServer">PostgreSQL runs on the program's own server, else as the provider's service.</param>
/// <param name="DatabaseCopies">Instances of the database in the first region; two is one that takes over.</param>
/// <param name="Availability">What may be promised with it, as a share of time.</param>
internal sealed record Topology(int Regions, int Zones, int LeastNodes, int SpareNodes, bool SharesServer, int DatabaseCopies, bool HasBalancer, bool HasKubernetes, decimal Availability)
{
    /// <summary>The share of all students that one region must carry when another is lost.</summary>
    public decimal ShareOfOneRegion => Regions == 1 ? 1 : 1m / (Regions - 1);

    /// <summary>Whether nodes have no addresses of their own, so that what they send goes through a gateway.</summary>
    public bool IsPrivate => HasBalancer;

    /// <summary>Who is paid for servers. Plain servers come from the cheapest provider; whoever wants PostgreSQL as a service needs one that has it.</summary>
    public static string ProviderOf(ProfileKind profile, Cloud cloud) => cloud switch
    {
        Cloud.Aws => "aws",
        Cloud.Azure => "azure",
        Cloud.Gcp => "gcp",
        _ => profile == ProfileKind.SingleServer ? "hetzner" : "digitalocean",
    };

    public static Topology Of(ProfileKind profile, int regions) => profile switch
    {
        ProfileKind.SingleServer => new Topology(1, 1, 1, 0, SharesServer: true, 1, HasBalancer: false, HasKubernetes: false, 0.99m),
        ProfileKind.ManagedDatabase => new Topology(1, 1, 1, 0, SharesServer: false, 1, HasBalancer: false, HasKubernetes: false, 0.995m),
        ProfileKind.Cluster => new Topology(1, 3, 3, 1, SharesServer: false, 2, HasBalancer: true, HasKubernetes: true, 0.9995m),
        ProfileKind.SeveralRegions => new Topology(Math.Max(2, regions), 3, 3, 1, SharesServer: false, 2, HasBalancer: true, HasKubernetes: true, 0.9999m),
        _ => new Topology(1, 2, 2, 1, SharesServer: false, 2, HasBalancer: true, HasKubernetes: false, 0.999m),
    };
}
