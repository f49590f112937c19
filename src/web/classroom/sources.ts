import { button, element, setText } from "../shared/dom";
import type { Translate } from "../shared/texts";
import { fragmentAddress, readFragment } from "./fragment";
import type { Citation } from "./protocol";

const timeoutMs = 10_000;

/** The cited paragraph: beside the conversation where there is room, over its lower part where there isn't. */
export function makeSources(t: Translate) {
  const heading = element("h2", { class: "classroom-panel-title", id: "classroom-panel-title", tabindex: -1 });
  const where = element("p", { class: "classroom-remark", dir: "auto" });
  const body = element("div", { class: "classroom-passage", dir: "auto" });
  const link = element("a", { class: "classroom-button", target: "_blank", rel: "noopener" }, t("Open in the lesson"));
  const root = element(
    "dialog",
    { class: "classroom-panel", "aria-labelledby": "classroom-panel-title" },
    element("div", { class: "classroom-panel-head" }, heading, button("classroom-button", t("Close"), () => root.close())),
    where,
    body,
    element("p", {}, link),
  );
  const isWide = matchMedia("(min-width: 60rem)");
  let opener: HTMLElement | null = null;
  let current = 0;

  function show(): void {
    if (root.open) root.close();
    if (isWide.matches) root.show();
    else root.showModal();
    heading.focus({ preventScroll: true });
  }

  function open(citation: Citation, from: HTMLElement): void {
    setText(heading, t("Source {n}", { n: citation.label }));
    setText(where, [citation.lesson.title, citation.section].filter(Boolean).join(" · "));
    link.href = citation.url;
    showQuote(citation.quote);
    show();
    opener?.removeAttribute("aria-expanded");
    opener = from;
    from.setAttribute("aria-expanded", "true");
    void load(citation);
  }

  /** The words that were quoted are here already; the paragraph around them comes when it can. */
  async function load({ url, paragraph, quote }: Citation): Promise<void> {
    const mine = ++current;
    const address = fragmentAddress(url, paragraph, location.href);
    const html = address && (await get(address));
    if (mine !== current || !root.open) return;
    if (html) body.replaceChildren(readFragment(html));
    else showQuote(quote, t("The paragraph could not be loaded. These are the words the answer stands on."));
    body.querySelector("mark, [aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  function showQuote(quote: string, remark: string | null = null): void {
    body.replaceChildren(element("blockquote", {}, quote));
    if (remark) body.append(element("p", { class: "classroom-remark is-warning" }, remark));
  }

  root.addEventListener("close", () => {
    // The event comes late: the panel may be open again, for another source or in its other place.
    if (root.open) return;
    opener?.removeAttribute("aria-expanded");
    opener?.focus({ preventScroll: true });
    opener = null;
  });
  root.addEventListener("click", (event) => {
    if (event.target === root && !isWide.matches) root.close();
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    root.close();
  });
  isWide.addEventListener("change", () => {
    if (root.open) show();
  });

  return { root, open };
}

async function get(address: string): Promise<string | null> {
  try {
    const response = await fetch(address, { headers: { accept: "text/html" }, signal: AbortSignal.timeout(timeoutMs) });
    // A sign-in page in place of the paragraph is no paragraph.
    return response.ok && !response.redirected ? await response.text() : null;
  } catch {
    return null;
  }
}
