// <copy-link>: a button that copies a link. With `data-copy` it copies that;
// with `data-from`, the text of the element of that id. Whoever gives it a
// `range` gets the address that leads to these words: the passage they stand in,
// and a text fragment that makes the browser show them. `data-label` is what the
// button says, `data-about` what else its name needs.

/** Longer quotes are named by how they begin and end. */
const LONGEST = 80;
const WORDS_AT_EACH_END = 5;
const LABEL = "Copy link to these words";
const SAYS_COPIED_FOR = 4000;

class CopyLink extends HTMLElement {
  /** The words, as a Range. */
  range = null;
  /** What stands between the words without being part of the text. */
  notText = "";
  /** The revision that their reader saw, for whoever follows the link later. */
  revision = "";
  #status = null;
  #button = null;
  #waiting = 0;

  connectedCallback() {
    // Browsers let pages write to the clipboard over HTTPS only.
    if (this.#button || !navigator.clipboard) return;
    this.#button = Object.assign(document.createElement("button"), {
      type: "button",
      textContent: this.#label,
    });
    if (this.dataset.about) this.#button.title = `${this.#label}: ${this.dataset.about}`;
    // The selection stays, and with it this button.
    this.#button.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#button.addEventListener("click", () => this.#copy());
    this.#status = document.createElement("span");
    this.#status.className = "visually-hidden";
    this.#status.setAttribute("role", "status");
    this.append(this.#button, this.#status);
  }

  disconnectedCallback() {
    clearTimeout(this.#waiting);
  }

  get #label() {
    return this.dataset.label ?? LABEL;
  }

  /** What is copied. */
  get #words() {
    const { copy, from } = this.dataset;
    if (copy) return copy;
    const element = from && document.getElementById(from);
    if (element) return element.value ?? element.textContent;
    return this.range ? addressOf(this.range, this.notText, this.revision) : "";
  }

  async #copy() {
    const words = this.#words;
    if (!words) return;
    try {
      await navigator.clipboard.writeText(words);
      this.#say("Copied");
    } catch {
      this.#say("The browser did not allow it");
    }
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#say("", this.#label), SAYS_COPIED_FOR);
  }

  #say(status, label = status) {
    this.#status.textContent = status;
    this.#button.textContent = label;
  }
}

/** The address of the words in a range. */
function addressOf(range, notText, revision) {
  const { origin, pathname } = location;
  // The page of a revision names it already.
  const query = revision && !pathname.includes("/revisions/") ? `?r=${revision}` : "";
  const start = range.startContainer;
  const element = start.nodeType === Node.ELEMENT_NODE ? start : start.parentElement;
  const passage = element.closest('[id^="p-"]')?.id ?? "";
  return `${origin}${pathname}${query}#${passage}:~:text=${directive(runsOf(range, notText))}`;
}

/**
 * The runs of words in a range: a browser looks for words within one block and
 * does not look past a mark between them.
 */
function runsOf(range, notText) {
  const copy = range.cloneContents();
  for (const mark of copy.querySelectorAll(notText || "script")) mark.replaceWith("\0");
  for (const block of copy.querySelectorAll("p, li, h2, h3, h4, td, th, br, pre")) block.append("\0");
  return copy.textContent
    .split("\0")
    .map((run) => run.replace(/\s+/g, " ").trim())
    .filter((run) => run !== "");
}

/** `words`, or `first words,last words`. */
function directive(runs) {
  const [first = "", last = first] = [runs[0], runs.at(-1)];
  if (runs.length < 2 && first.length <= LONGEST) return encode(first);
  const start = first.split(" ").slice(0, WORDS_AT_EACH_END).join(" ");
  const end = last.split(" ").slice(-WORDS_AT_EACH_END).join(" ");
  return `${encode(start)},${encode(end)}`;
}

/** Hyphens, commas and ampersands have a meaning of their own there. */
function encode(words) {
  return encodeURIComponent(words).replace(/-/g, "%2D");
}

customElements.define("copy-link", CopyLink);
