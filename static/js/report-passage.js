// <report-passage data-href="…?r=3">: when a reader selects words inside it, a
// link appears beside them that opens the report form with these words in it,
// and a button that copies a link to them (<copy-link>). Without this script the mark at the end of each paragraph does the same for
// whole sentences.

const LONGEST = 1000;
const NOT_TEXT = ".report-passage, .share-passage, .report-selection, .note-ref, .margin-note";

class ReportPassage extends HTMLElement {
  #box = null;
  #link = null;
  #copy = null;
  #waiting = 0;

  connectedCallback() {
    document.addEventListener("selectionchange", this.#onSelection);
    document.addEventListener("keydown", this.#onKey);
  }

  disconnectedCallback() {
    document.removeEventListener("selectionchange", this.#onSelection);
    document.removeEventListener("keydown", this.#onKey);
    this.#hide();
  }

  // A selection changes with each pixel that the pointer moves.
  #onSelection = () => {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#update(), 200);
  };

  #onKey = (event) => {
    if (event.key === "Escape") this.#hide();
  };

  #update() {
    const selection = document.getSelection();
    // Moving to the link by keyboard or pointer may drop the selection.
    if (this.#box?.contains(document.activeElement)) return;
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return this.#hide();
    const range = selection.getRangeAt(0);
    if (!this.firstElementChild?.contains(range.commonAncestorContainer)) return this.#hide();
    const quote = wordsOf(range);
    if (quote.length < 2) return this.#hide();
    this.#show(range, quote);
  }

  #show(range, quote) {
    const href = new URL(this.dataset.href, document.baseURI);
    const passage = numberOf(range.startContainer);
    if (passage) href.searchParams.set("p", passage);
    href.searchParams.set("quote", quote);

    if (!this.#box) this.#make();
    this.#link.href = href;
    this.#copy.range = range.cloneRange();
    // In the order of the keyboard it follows the passage it is about.
    const block = this.#blockOf(range.endContainer);
    if (this.#box.previousElementSibling !== block) block.after(this.#box);
    this.#place(range);
  }

  #make() {
    this.#link = Object.assign(document.createElement("a"), {
      className: "report-selection",
      rel: "nofollow",
      textContent: "Report these words",
    });
    const revision = new URL(this.dataset.href, document.baseURI).searchParams.get("r");
    this.#copy = Object.assign(document.createElement("copy-link"), { notText: NOT_TEXT, revision });
    this.#box = Object.assign(document.createElement("div"), { className: "selection" });
    this.#box.append(this.#link, this.#copy);
    // Whoever is quicker than the wait means what is selected by now.
    this.#box.addEventListener("pointerdown", () => this.#update());
  }

  /** The paragraph, list or table of the text that holds a node. */
  #blockOf(node) {
    const text = this.firstElementChild;
    let block = elementOf(node);
    while (block !== text && block.parentElement !== text) block = block.parentElement;
    return block === text ? text.lastElementChild : block;
  }

  #place(range) {
    const host = this.getBoundingClientRect();
    const lines = range.getClientRects();
    const last = lines[lines.length - 1] ?? range.getBoundingClientRect();
    const room = Math.max(0, host.width - this.#box.offsetWidth);
    const inline = Math.min(Math.max(0, last.left - host.left), room);
    this.#box.style.setProperty("--selection-block", `${last.bottom - host.top + 6}px`);
    this.#box.style.setProperty("--selection-inline", `${inline}px`);
  }

  #hide() {
    this.#box?.remove();
    this.#box = null;
  }
}

/** The selected words as the article has them: no marks, single spaces. */
function wordsOf(range) {
  const words = range.cloneContents();
  for (const mark of words.querySelectorAll(NOT_TEXT)) mark.remove();
  const text = words.textContent.replace(/\s+/g, " ").trim();
  return Array.from(text).slice(0, LONGEST).join("");
}

/** The number of the passage that holds a node: `7` for `p-7`. */
function numberOf(node) {
  const passage = elementOf(node).closest('[id^="p-"]');
  return passage ? passage.id.slice(2) : null;
}

function elementOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
}

customElements.define("report-passage", ReportPassage);
