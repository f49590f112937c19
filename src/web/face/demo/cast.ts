import type { Look } from "../look";

/** The four of demo/teachers.yaml, which a test compares. */
export const cast: readonly { readonly name: string; readonly look: Look }[] = [
  { name: "Mira Okonjo-Lindqvist", look: { skin: "#8d5a3b", hair: "short curly", hairColour: "#4a4440", eyes: "#4b2e1e", clothes: "#3f7d5a", accessory: "round glasses" } },
  { name: "Theo Marchetti", look: { skin: "#e3b08c", hair: "bald with a short beard", hairColour: "#b9b4ad", eyes: "#5b7487", clothes: "#2f4a73", accessory: "pencil behind the ear" } },
  { name: "Amara Castellanos", look: { skin: "#c68a5e", hair: "long braid", hairColour: "#2a1d1a", eyes: "#6b4423", clothes: "#c2573f", accessory: "headphones around the neck" } },
  { name: "Jonas Park", look: { skin: "#f0c9a0", hair: "tousled", hairColour: "#33261f", eyes: "#3d2b1f", clothes: "#8a6bb0", accessory: "scarf" } },
];

export const saying: Readonly<Record<string, string>> = {
  en: "Photosynthesis turns light into sugar: the leaf takes in water and air, and what it gives back is the oxygen that you breathe. So what do you think happens at night?",
  de: "Die Photosynthese macht aus Licht Zucker: Das Blatt nimmt Wasser und Luft auf, und zurück gibt es den Sauerstoff, den du atmest. Was geschieht also deiner Meinung nach in der Nacht?",
};
