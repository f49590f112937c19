using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Lectern.Bench.Chaos;

/// <summary>Where students are who come and go.</summary>
/// <param name="Course">The course they talk about.</param>
/// <param name="Database">A connection string of the owner, who sees every school.</param>
/// <param name="Turns">How many questions a conversation has.</param>
internal sealed record ChaosSchool(IReadOnlyList<ChaosNode> Nodes, Guid Course, string Database, int Turns)
{
    private const string Sessions = "/api/v1/tutoring/sessions";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Begins a conversation.</summary>
    /// <exception cref="HttpRequestException">The node is gone, or refuses.</exception>
    public async Task<Guid> StartAsync(ChaosNode node, string token, CancellationToken ct) =>
        (await PostAsync(node, token, Sessions, new { courseId = Course }, ct)).GetProperty("id").GetGuid();

    /// <exception cref="HttpRequestException">The node is gone, or refuses.</exception>
    public static async Task<string> TicketAsync(ChaosNode node, string token, Guid session, CancellationToken ct) =>
        (await PostAsync(node, token, $"{Sessions}/{session}/ticket", new { }, ct)).GetProperty("ticket").GetString()!; // as the protocol has it

    /// <summary>What the database holds of a conversation, read past the program.</summary>
    public async Task<IReadOnlyList<StoredTurn>> ReadAsync(Guid session, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("""
            select t.client_id, t.question, t.outcome,
                coalesce((select string_agg(p.text, '' order by p.index) from tutoring_phrase p where p.session_id = t.session_id and p.turn = t.number), ''),
                (select count(*) from tutoring_citation c where c.session_id = t.session_id and c.turn = t.number)
            from tutoring_turn t where t.session_id = $1 and t.number > 0 order by t.number
            """, connection) { Parameters = { new() { Value = session } } };
        await using var rows = await command.ExecuteReaderAsync(ct);
        var turns = new List<StoredTurn>();
        while (await rows.ReadAsync(ct))
            turns.Add(new StoredTurn(rows.GetString(0), rows.GetString(1), await rows.IsDBNullAsync(2, ct) ? null : rows.GetString(2), rows.GetString(3), rows.GetInt64(4)));
        return turns;
    }

    private static async Task<JsonElement> PostAsync(ChaosNode node, string token, string path, object body, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{node.Port}"), Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Host = "demo.localhost";
        using var answer = await http.PostAsJsonAsync(path, body, ct);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{path.Split('/')[^1]} {(int)answer.StatusCode}", inner: null, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
    }
}

/// <param name="Answer">Its phrases, joined.</param>
internal sealed record StoredTurn(string Id, string Question, string? Outcome, string Answer, long Citations);
