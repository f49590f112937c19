/** Translates an English text, which is its own key, and puts values in the place of `{name}`. */
export type Translate = (english: string, values?: Readonly<Record<string, string | number>>) => string;

/** @param json A JSON object of translations by English text. What is missing or broken falls back to English. */
export function readTexts(json: string | null | undefined): Translate {
  const texts = parse(json);
  return (english, values = {}) => {
    const text = texts.get(english) ?? english;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
  };
}

function parse(json: string | null | undefined): Map<string, string> {
  try {
    const found: unknown = JSON.parse(json || "{}");
    if (typeof found !== "object" || found === null) return new Map();
    return new Map(Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== ""));
  } catch {
    return new Map();
  }
}
