using Lectern.Platform.Data;

namespace Lectern.Tutoring.Characters;

/// <summary>One of the school's AI teachers: how it looks, sounds and goes about teaching.</summary>
internal sealed class TeacherCharacter : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public string Slug { get; private set; } = "";

    /// <summary>Its place in lists, from 1.</summary>
    public int Position { get; private set; }

    public string Name { get; private set; } = "";

    public string Subject { get; private set; } = "";

    /// <summary>What it says first.</summary>
    public string Greeting { get; private set; } = "";

    /// <summary>How it teaches; told to the model.</summary>
    public string Manner { get; private set; } = "";

    /// <summary>JSON: skin, hair, hairColour, eyes, clothes, accessory.</summary>
    public string Look { get; private set; } = "{}";

    /// <summary>JSON: language, name (for espeak-ng), endpoint (its name at a speech endpoint), pitch, rate.</summary>
    public string Voice { get; private set; } = "{}";

    public static TeacherCharacter Create(CharacterFacts facts, int position, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Slug = facts.Slug,
        Position = position,
        Name = facts.Name,
        Subject = facts.Subject,
        Greeting = facts.Greeting,
        Manner = facts.Manner,
        Look = System.Text.Json.JsonSerializer.Serialize(facts.Look),
        Voice = System.Text.Json.JsonSerializer.Serialize(facts.Voice),
    };
}

/// <summary>A teacher as a file describes it.</summary>
internal sealed record CharacterFacts
{
    public string Slug { get; set; } = "";

    public string Name { get; set; } = "";

    public string Subject { get; set; } = "";

    public string Pronouns { get; set; } = "";

    public string Greeting { get; set; } = "";

    public string Manner { get; set; } = "";

    public Dictionary<string, string> Look { get; set; } = [];

    public Dictionary<string, string> Voice { get; set; } = [];
}

/// <summary>What the pages and the conversation need of a teacher.</summary>
/// <param name="Look">JSON, see <see cref="TeacherCharacter.Look"/>.</param>
internal sealed record Character(string Slug, string Name, string Subject, string Greeting, string Manner, string Look);
