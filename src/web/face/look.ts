/** What a character looks like, in the words of its file: skin, hair, hairColour, eyes, clothes, accessory. Colours as #rrggbb. */
export type Look = Readonly<Partial<Record<"skin" | "hair" | "hairColour" | "eyes" | "clothes" | "accessory", string>>>;

export type Hairstyle = "tousled" | "curly" | "braided" | "bald-with-beard";
export type Accessory = "none" | "glasses" | "pencil" | "headphones" | "scarf";

/** The colours and shapes of a portrait: those of the look, and the shades that follow from them (as PortraitPaint.cs has them). */
export type Paint = ReturnType<typeof paintOf>;

/** What the look does not say, or says in other words than are drawn, is left plain. */
export function paintOf(look: Look) {
  const skin = colour(look.skin, "#dcae8b");
  const hair = colour(look.hairColour, "#4a3226");
  const clothes = colour(look.clothes, "#5b6f64");
  const skinShade = mix(skin, "#6a2f1c", 0.28);
  return {
    skin,
    hair,
    clothes,
    eyes: colour(look.eyes, "#3a2a22"),
    hairstyle: hairstyleOf(look.hair ?? ""),
    accessory: accessoryOf(look.accessory ?? ""),
    backdrop: mix(clothes, "#f6efe2", 0.68),
    glow: mix(clothes, "#fffaf0", 0.82),
    clothesShade: mix(clothes, "#1d1512", 0.28),
    skinShade,
    lid: mix(skin, skinShade, 0.3),
    lips: mix(skin, "#a13a34", 0.42),
    lipLine: mix(skin, "#3a0f0c", 0.68),
    blush: mix(skin, "#c8452f", 0.45),
    hairShade: mix(hair, "#0c0808", 0.35),
    hairLight: mix(hair, "#fff2e0", 0.18),
    brows: mix(hair, "#1d1512", 0.35),
    beard: mix(hair, skin, 0.18),
  };
}

function hairstyleOf(words: string): Hairstyle {
  if (/bald/i.test(words)) return "bald-with-beard";
  if (/curly/i.test(words)) return "curly";
  return /long|braid/i.test(words) ? "braided" : "tousled";
}

function accessoryOf(words: string): Accessory {
  const all: Accessory[] = ["glasses", "pencil", "headphones", "scarf"];
  return all.find((one) => words.toLowerCase().includes(one)) ?? "none";
}

// Only what is plainly a colour reaches the page: looks come from files that anybody may have written.
function colour(told: string | undefined, otherwise: string): string {
  return told !== undefined && /^#[0-9a-f]{6}$/i.test(told) ? told : otherwise;
}

function mix(one: string, other: string, share: number): string {
  const channel = (text: string, index: number) => parseInt(text.slice(1 + 2 * index, 3 + 2 * index), 16);
  return "#" + [0, 1, 2].map((i) => Math.round(channel(one, i) * (1 - share) + channel(other, i) * share).toString(16).padStart(2, "0")).join("");
}
