// <day-keys>: the left and the right arrow key lead to the pages before and
// after this one, which the head of the page names. Where somebody writes,
// chooses, selects or has enlarged the page, the arrows are left to that.

const BUSY = "input, select, textarea, audio, video, summary, pre, .table, [contenteditable], [role], [tabindex]";

class DayKeys extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this.#onKey);
    this.textContent = "The keys ← and → turn the pages.";
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#onKey);
  }

  #onKey = (event) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (key !== "ArrowLeft" && key !== "ArrowRight") return;
    if (event.defaultPrevented || event.repeat || event.isComposing) return;
    if (altKey || ctrlKey || metaKey || shiftKey) return;
    if (event.target.closest?.(BUSY)) return;
    if (document.getSelection()?.isCollapsed === false) return;
    if (visualViewport?.scale > 1) return;
    // Where one reads from right to left, the page before lies on the right.
    const isBackwards = getComputedStyle(document.documentElement).direction === "rtl";
    const rel = (key === "ArrowLeft") === isBackwards ? "next" : "prev";
    const link = document.head.querySelector(`link[rel=${rel}]`);
    if (!link) return;
    event.preventDefault();
    location.assign(link.href);
  };
}

customElements.define("day-keys", DayKeys);
