// <reading-place>: keeps the reader's place in the text through a reload, and
// through the way back to the page, where the browser itself has lost it: when
// the window has another width by then, or the page was thrown out of memory.
// Kept for this tab alone, and only when the page is left.

/** Passages and headings, whose ids outlast a reload. */
const PLACES = '.prose :is([id^="p-"], [id^="h-"])';

class ReadingPlace extends HTMLElement {
  #key = `place:${location.pathname}`;

  connectedCallback() {
    addEventListener("pagehide", this.#keep);
    // The browser restores its own place by then.
    if (document.readyState === "complete") this.#restore();
    else addEventListener("load", this.#restore, { once: true });
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.#keep);
    removeEventListener("load", this.#restore);
  }

  #keep = () => {
    const first = [...document.querySelectorAll(PLACES)].find(
      (place) => place.getBoundingClientRect().bottom > 0,
    );
    try {
      if (scrollY > 0 && first) {
        const { top } = first.getBoundingClientRect();
        sessionStorage.setItem(this.#key, `${first.id} ${Math.round(top)}`);
      } else {
        sessionStorage.removeItem(this.#key);
      }
    } catch {
      // Nowhere to keep it: the reader wants it so.
    }
  };

  #restore = () => {
    const [navigation] = performance.getEntriesByType("navigation");
    const isReturn = ["reload", "back_forward"].includes(navigation?.type);
    if (!isReturn || location.hash) return;
    // A frame later, so that the browser comes first.
    requestAnimationFrame(() => {
      if (scrollY > 0) return;
      const [id, top] = this.#kept();
      const place = id && document.getElementById(id);
      if (!place) return;
      const y = place.getBoundingClientRect().top - Number(top);
      scrollTo({ top: y, behavior: "instant" });
    });
  };

  #kept() {
    try {
      return (sessionStorage.getItem(this.#key) ?? "").split(" ");
    } catch {
      return [];
    }
  }
}

customElements.define("reading-place", ReadingPlace);
