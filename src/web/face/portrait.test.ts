import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cast } from "./demo/cast";
import { makeFace } from "./face";
import { FakeNode, FakePage } from "./fake-page";
import { type Paint, paintOf } from "./look";

const folder = join(globalThis.webFolder, "../Lectern.Tutoring/Characters");
const read = (file: string) => readFileSync(join(folder, file), "utf8");

const shapes = ["path", "circle", "ellipse", "rect"];
const inherited = ["fill", "stroke", "stroke-width", "opacity", "transform"];
const geometry = ["d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height"];

type Attributes = ReadonlyMap<string, string>;

function describe(tag: string, own: Attributes, groups: readonly Attributes[]): string {
  const value = (name: string) => own.get(name) ?? [...groups].reverse().find((group) => group.has(name))?.get(name);
  const parts = [...geometry.map((name) => [name, own.get(name)]), ...inherited.map((name) => [name, value(name)])];
  return `${tag} ${parts.filter(([, found]) => found !== undefined).map(([name, found]) => `${name}=${Number.isNaN(Number(found)) ? found : Number(found)}`).join(" ")}`;
}

const nothing = "translate(0 0)";
const moves = (value: string | undefined) => value !== undefined && value !== nothing && value !== `${nothing} rotate(0 100 138)`;

function drawn(node: FakeNode, groups: readonly Attributes[] = []): string[] {
  const own = new Map([...node.attributes].filter(([name, value]) => name !== "transform" || moves(value)));
  if (shapes.includes(node.tag)) return [describe(node.tag, own, groups)];
  return node.children.flatMap((child) => drawn(child, [...groups, own]));
}

/** The shapes that the server's templates give for a paint, in their order. */
function served(paint: Paint): string[] {
  const hairstyle = { curly: "Curly", braided: "Braided", tousled: "Tousled", "bald-with-beard": "BaldWithBeard" }[paint.hairstyle];
  const markup = read("Portrait.razor")
    .split("@code")[0]
    ?.replace(/<PortraitHair [^>]*IsBehind="true" \/>/, branch("PortraitHair.razor", `(Hairstyle.${hairstyle}, true)`))
    .replace(/<PortraitHair [^>]*\/>/, branch("PortraitHair.razor", `(Hairstyle.${hairstyle}, false)`))
    .replace(/<PortraitAccessory [^>]*\/>/, branch("PortraitAccessory.razor", `Accessory.${paint.accessory.replace(/^./, (first) => first.toUpperCase())}`));
  const found: string[] = [];
  const groups: Attributes[] = [];
  for (const [whole, tag = "", attributes = ""] of (markup ?? "").matchAll(/<(g|path|circle|ellipse|rect)\b([^>]*?)\/?>|<\/g>/g)) {
    const own = new Map([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, resolve(value, paint)]));
    if (whole === "</g>") groups.pop();
    else if (tag === "g") groups.push(own);
    else found.push(describe(tag, own, groups));
  }
  return found;
}

function branch(file: string, name: string): string {
  const [, after = ""] = read(file).split(`case ${name}:`);
  return after.split("break;")[0] ?? "";
}

function resolve(value: string, paint: Paint): string {
  const name = /^@_?[pP]aint\.(\w+)$/.exec(value)?.[1];
  return name === undefined ? value : paint[name.replace(/^./, (first) => first.toLowerCase()) as keyof Paint];
}

test("The live face begins as the very picture that the server draws", () => {
  for (const { name, look } of cast) {
    const still = served(paintOf(look));
    const root = makeFace(look, () => 0, { page: new FakePage() }).root as unknown as FakeNode;
    assert.ok(still.length > 35, `${name}: ${still.length} shapes`);
    assert.deepEqual(drawn(root), still, name);
  }
});
