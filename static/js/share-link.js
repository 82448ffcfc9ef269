// <share-link data-href data-title>: adds to the list of links inside it a
// button that copies the address, and one that opens the sheet with which the
// reader's own device shares things. Without this script the links remain.

class ShareLink extends HTMLElement {
  #status = null;

  connectedCallback() {
    const list = this.querySelector("ul");
    if (!list || this.#status) return;
    this.#status = Object.assign(document.createElement("span"), { className: "visually-hidden" });
    this.#status.setAttribute("role", "status");
    this.append(this.#status);
    // Both are there over HTTPS only.
    if (navigator.share) list.prepend(this.#item(this.#button()));
    if (navigator.clipboard) list.prepend(this.#item(this.#copy()));
  }

  #item(child) {
    const item = document.createElement("li");
    item.append(child);
    return item;
  }

  #copy() {
    const copy = document.createElement("copy-link");
    copy.dataset.copy = this.dataset.href;
    copy.dataset.label = "Copy link";
    return copy;
  }

  #button() {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Share…" });
    button.addEventListener("click", () => this.#share());
    return button;
  }

  async #share() {
    const { href, title } = this.dataset;
    try {
      await navigator.share({ title, url: href });
      this.#status.textContent = "Shared";
    } catch (error) {
      // Whoever closes the sheet knows that nothing was shared.
      this.#status.textContent = error.name === "AbortError" ? "" : "The device could not share it";
    }
  }
}

customElements.define("share-link", ShareLink);
