/** As browsers show them where no style says otherwise: each on lines of its own, or apart by a tab. */
const blocks = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE CAPTION DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LEGEND LI MAIN NAV OL OPTION P PRE SECTION SUMMARY TABLE TBODY TFOOT THEAD TR UL".split(
    " ",
  ),
);
const cells = new Set(["TD", "TH"]);

/** The words of an element that are in view, in lines as without styles. */
export function innerText(element: Element): string {
  if (!element.checkVisibility()) return element.textContent;
  return wordsOf(element)
    .replace(/ {2,}/g, " ")
    .replace(/[ \t]*\n[ \t\n]*/g, "\n")
    .replace(/^[ \n]+|[ \n]+$/g, "");
}

function wordsOf(element: Element): string {
  return [...element.childNodes].map(wordsOfNode).join("");
}

function wordsOfNode(node: ChildNode): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.nodeValue ?? "").replace(/\s+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const element = node as Element;
  if (getComputedStyle(element).display === "none") return "";
  if (element.tagName === "BR") return "\n";
  if (cells.has(element.tagName)) {
    return element.nextElementSibling ? `${wordsOf(element)}\t` : wordsOf(element);
  }
  return blocks.has(element.tagName) ? `\n${wordsOf(element)}\n` : wordsOf(element);
}
