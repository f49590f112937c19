/** Where to get the cited paragraph as a fragment, or null when it is on another host. */
export function fragmentAddress(url: string, paragraph: string, page: string): string | null {
  const address = new URL(url, page);
  if (address.origin !== new URL(page).origin) return null;
  address.pathname += `/paragraphs/${encodeURIComponent(paragraph)}`;
  address.search = "";
  address.hash = "";
  return address.href;
}

const unwanted = "script, style, link, meta, base, iframe, frame, object, embed, form, input, button, textarea, select, template, noscript";

/** Reads the server's markup as a document that runs nothing, and takes out all that could run here. */
export function readFragment(html: string): DocumentFragment {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const node of body.querySelectorAll(unwanted)) node.remove();
  for (const node of body.querySelectorAll("*"))
    for (const { name, value } of [...node.attributes]) if (isUnwanted(name, value)) node.removeAttribute(name);
  const fragment = document.createDocumentFragment();
  fragment.append(...[...body.childNodes].map((node) => document.importNode(node, true)));
  return fragment;
}

/** `id` as well: the page may have the same one already. */
function isUnwanted(name: string, value: string): boolean {
  return name.startsWith("on") || name === "style" || name === "id" || name === "autofocus" || /^\s*(javascript|data|vbscript):/i.test(value);
}
