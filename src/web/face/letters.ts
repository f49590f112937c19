/** Letters, where they stand, and the sounds they make; the first rule that fits counts. */
type Rule = readonly [letters: RegExp, ipa: string];

// A few rules each: a mouth needs no more than the kind of sound, in about the right order.
const english = rules(`
  ^kn n|^gn n|^wr ɹ|^wh w|^x z|^ps s|^the(?=$) ðə|^to(?=$) tu|^of(?=$) ʌv|^one wʌn|^two(?=$) tu|^you ju|^are(?=$) ɑɹ|^was(?=$) wɒz|^what wɒt|^do(?=$) du|^have(?=$) hæv|^said sɛd
  tch tʃ|tion ʃən|sion ʒən|cial ʃəl|tial ʃəl|cian ʃən|ture(?=s?$) tʃə|sure(?=s?$) ʒə|dge dʒ|sch sk
  eigh eɪ|igh aɪ|ough(?=t) ɔ|augh ɔ|ough oʊ|gh(?=t|$|s)  |gh ɡ|gn(?=$) n|mb(?=$|s$) m|sc(?=[eiy]) s
  ch tʃ|sh ʃ|th θ|ph f|ck k|qu kw|ng ŋ|nk ŋk|x ks
  eau oʊ|ear(?=n|th|l) ɜɹ|ee i|ea i|ei eɪ|ey(?=$) i|ai eɪ|ay eɪ|oa oʊ|oe(?=$|s) oʊ|oi ɔɪ|oy ɔɪ|oo u|ould ʊd|ous(?=$) əs|ou aʊ|ow(?=$|n$|s$) oʊ|ow aʊ|au ɔ|aw ɔ|ew ju|ue(?=$|s) u|ui u|ie(?=$|s$|d$) aɪ|ie i
  ar ɑɹ|are(?=$|s$) ɛɹ|or ɔɹ|[eiu]r ɚ|yr aɪɹ|al(?=k|l|t) ɔl
  a(?=[bcdfgklmnpstvz]e(?:s|d|r|rs)?$|[bcdfgklmnpstvz]ing$) eɪ|e(?=[bcdfgklmnpstvz]es?$) i|i(?=[bcdfgklmnpstvz]e(?:s|d|r|rs)?$|nd$|ld$) aɪ|o(?=[bcdfgklmnpstvz]e(?:s|d|r|rs)?$|ld) oʊ|u(?=[bcdfgklmnpstvz]e(?:s|d|r|rs)?$) ju|y(?=[bcdfgklmnpstvz]es?$) aɪ
  (?<=[aeiouyr].*[^aeioulr])es(?=$) z|(?<=[aeiouy].*[^aeioutd])ed(?=$) d|(?<=[aeiouy].*[^aeiou])e(?=$|ly$|ment$)  |(?<=^.?[^aeiou])y(?=$) aɪ|^y j|y(?=[aeiou]) j|y ɪ
  c(?=[eiy]) s|g(?=[eiy]) dʒ|(?<=[aeiou])s(?=[aeiou]) z|o(?=$|[bcdfgklmnpstvz]o) oʊ|a(?=$) ə|e(?=$) i
  a æ|e ɛ|i ɪ|o ɒ|u ʌ|b b|c k|d d|f f|g ɡ|h h|j dʒ|k k|l l|m m|n n|p p|q k|r ɹ|s s|t t|v v|w w|z z`);

const german = rules(`
  ^sp ʃp|^st ʃt|^ps ps|^y j|tsch tʃ|sch ʃ|chs ks|ch ç|ck k|dt t|tz ts|th t|ph f|pf pf|qu kv|ng ŋ|nk ŋk|tion tsioːn|ig(?=$) ɪç
  äu ɔʏ|eu ɔʏ|ei aɪ|ai aɪ|ey aɪ|au aʊ|ieh i|ie i|aa a|ee e|oo o|er(?=$|[^aeiouäöüh]) ɐ
  (?<=[aeiouäöü])h(?=$|[^aeiouäöü])  |(?<=[aeiouäöü])h(?=e)
  e(?=$|n$|m$|s$|l$) ə|s(?=[aeiouäöü]) z|c(?=[eiy]) ts|v f|w v|z ts|ß s|ä ɛ|ö ø|ü y|y y|x ks|j j|c k
  a a|e e|i ɪ|o o|u ʊ|b b|d d|f f|g ɡ|h h|k k|l l|m m|n n|p p|q k|r ʁ|s s|t t`);

const latin = "a a|b b|c k|d d|e e|f f|g ɡ|h h|i i|j ʒ|k k|l l|m m|n n|o o|p p|q k|r r|s s|t t|u u|v v|w w|x ks|y i|z z|ß s|æ ɛ|ø ø|œ œ|ı i|ł w|đ d|þ θ|ð ð";
const cyrillic = "а a|б b|в v|г ɡ|д d|е je|ж ʒ|з z|и i|й j|к k|л l|м m|н n|о o|п p|р r|с s|т t|у u|ф f|х x|ц ts|ч tʃ|ш ʃ|щ ʃ|ъ  |ы ɨ|ь  |э e|ю ju|я ja|і i|є je|ґ ɡ";
const greek = "α a|β v|γ ɡ|δ ð|ε e|ζ z|η i|θ θ|ι i|κ k|λ l|μ m|ν n|ξ ks|ο o|π p|ρ r|σ s|ς s|τ t|υ i|φ f|χ x|ψ ps|ω o";
const arabic = "ا a|أ a|إ i|آ a|ب b|ت t|ث θ|ج dʒ|ح h|خ x|د d|ذ ð|ر r|ز z|س s|ش ʃ|ص s|ض d|ط t|ظ z|ع a|غ ɣ|ف f|ق q|ك k|ل l|م m|ن n|ه h|و u|ي i|ى a|ة a|پ p|چ tʃ|گ ɡ|ی i|ک k";
const hebrew = "א a|ב v|ג ɡ|ד d|ה h|ו o|ז z|ח x|ט t|י i|כ k|ך x|ל l|מ m|ם m|נ n|ן n|ס s|ע a|פ p|ף f|צ ts|ץ ts|ק k|ר ʁ|ש ʃ|ת t";
const letterByLetter = new Map([latin, cyrillic, greek, arabic, hebrew].flatMap((list) => list.split("|").map((entry) => [entry[0] ?? "", entry.slice(2).trim()] as const)));

const spoken: Record<string, Readonly<Record<string, string>>> = {
  en: { "0": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "ate", "9": "nine", "%": "percent", "+": "plus", "=": "equals", "&": "and", "°": "degrees" },
  de: { "0": "null", "1": "eins", "2": "zwei", "3": "drei", "4": "vier", "5": "fünf", "6": "sechs", "7": "sieben", "8": "acht", "9": "neun", "%": "prozent", "+": "plus", "=": "gleich", "&": "und", "°": "grad" },
};

/** The sounds of a written word, in IPA, roughly: for moving a mouth, not for speaking. Digits are read one by one. */
export function soundsOf(written: string, language: string): string[] {
  const tongue = language.toLowerCase().split("-")[0] ?? "";
  const signs = spoken[tongue];
  const rulesOfTongue = tongue === "en" ? english : tongue === "de" ? german : null;
  const pieces = written.toLowerCase().normalize("NFC").match(/[\p{L}\p{M}'’]+|\p{N}|[%+=&°]/gu) ?? [];
  return pieces.flatMap((piece) => {
    if (/^\p{N}$/u.test(piece) && !signs) return ["e", "s"];
    const word = (signs?.[piece] ?? piece).replace(/['’]/g, "");
    return rulesOfTongue && /^[a-zäöüß]+$/.test(word) ? read(word, rulesOfTongue) : spell(word);
  });
}

function read(word: string, rulesOfTongue: readonly Rule[]): string[] {
  const sounds: string[] = [];
  for (let at = 0; at < word.length; ) {
    // A doubled consonant sounds once.
    if (word[at] === word[at + 1] && !/[aeiou]/.test(word[at] ?? "")) at++;
    const [length, ipa] = match(word, at, rulesOfTongue);
    if (ipa !== "") sounds.push(ipa);
    at += length;
  }
  return sounds;
}

function match(word: string, at: number, rulesOfTongue: readonly Rule[]): readonly [length: number, ipa: string] {
  for (const [letters, ipa] of rulesOfTongue) {
    letters.lastIndex = at;
    const found = letters.exec(word);
    if (found) return [found[0].length, ipa];
  }
  return [1, ""];
}

function spell(word: string): string[] {
  return [...word].flatMap((letter) => {
    const plain = letterByLetter.get(letter) ?? letterByLetter.get(letter.normalize("NFD")[0] ?? "");
    if (plain !== undefined) return plain === "" ? [] : [plain];
    if (!/\p{L}/u.test(letter)) return [];
    return syllables[(letter.codePointAt(0) ?? 0) % syllables.length] ?? [];
  });
}

// Where a script isn't known, each of its signs is some syllable.
const syllables = [["n", "a"], ["k", "i"], ["s", "o"], ["m", "e"], ["t", "u"], ["l", "a"]];

function rules(list: string): Rule[] {
  return list
    .split(/[\n]|\|(?![^(]*\))/)
    .map((rule) => rule.trimStart())
    .filter((rule) => rule !== "")
    .map((rule) => {
      const space = rule.indexOf(" ");
      const [letters, ipa] = space < 0 ? [rule, ""] : [rule.slice(0, space), rule.slice(space + 1).trim()];
      return [new RegExp(letters, "y"), ipa];
    });
}
