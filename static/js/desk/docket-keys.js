// <docket-keys>: j and k, or the arrows down and up, go through the cases of
// the inbox; Enter opens the one that has the focus, as it does for any link;
// / goes to the search, and ? says all this. Letters as keys can be turned off,
// because a voice that dictates presses them as well; the browser remembers.

const BUSY = "input, select, textarea, [contenteditable]";
const OFF = "daybook-desk-keys-off";

class DocketKeys extends HTMLElement {
  #isTold = false;

  connectedCallback() {
    document.addEventListener("keydown", this.#onKey);
    this.#show();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#onKey);
  }

  get #isOff() {
    try {
      return localStorage.getItem(OFF) === "1";
    } catch {
      return false;
    }
  }

  #turn = () => {
    try {
      if (this.#isOff) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch {
      // Without storage they stay on.
    }
    this.#show();
    this.querySelector("button:last-of-type")?.focus();
  };

  #show() {
    const button = (words, act) => {
      const one = document.createElement("button");
      one.type = "button";
      one.className = "docket-keys__button";
      one.textContent = words;
      one.addEventListener("click", act);
      return one;
    };
    const tell = () => {
      this.#isTold = !this.#isTold;
      this.#show();
      this.querySelector("button")?.focus();
    };
    const parts = [button("Keys", tell)];
    parts[0].setAttribute("aria-expanded", String(this.#isTold));
    if (this.#isTold) {
      const words = document.createElement("span");
      const off = this.#isOff;
      words.append(off ? ": turned off. " : ": ");
      const keys = [["j", "next"], ["k", "before"], ["Enter", "open"], ["/", "search"], ["?", "these words"]];
      for (const [key, meaning] of off ? [] : keys) {
        const sign = document.createElement("kbd");
        sign.textContent = key;
        words.append(sign, ` ${meaning}, `);
      }
      parts.push(words, button(off ? "Turn them on" : "Turn them off", this.#turn));
    }
    this.replaceChildren(...parts);
  }

  #onKey = (event) => {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (event.defaultPrevented || event.isComposing) return;
    if (altKey || ctrlKey || metaKey || event.target.closest?.(BUSY)) return;
    if (this.#isOff) return;
    if (key === "?") {
      this.#isTold = !this.#isTold;
      this.#show();
    } else if (key === "/") {
      const search = document.querySelector("#search");
      search?.focus();
      search?.select();
    } else {
      const links = [...document.querySelectorAll(".docket__link")];
      const at = links.indexOf(document.activeElement);
      // The arrows scroll, until somebody is in the list.
      const isArrow = key === "ArrowDown" || key === "ArrowUp";
      if (isArrow && at < 0) return;
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[key];
      if (!step) return;
      links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
    }
    event.preventDefault();
  };
}

customElements.define("docket-keys", DocketKeys);
