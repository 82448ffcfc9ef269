// <mastodon-share data-words>: asks on which server the reader has an account,
// and opens a post with the words there. The name of the server goes nowhere
// but to that server; it is remembered in this browser, if the reader says so.
// Without this script there are the words to copy.

const KEY = "mastodon-server";

class MastodonShare extends HTMLElement {
  #input = null;
  #remember = null;
  #problem = null;

  connectedCallback() {
    if (this.#input) return;
    const form = document.createElement("form");
    form.className = "mastodon-share";
    form.noValidate = true;
    this.#input = Object.assign(document.createElement("input"), {
      type: "text",
      id: "mastodon-server",
      inputMode: "url",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: false,
      value: remembered(),
    });
    this.#input.setAttribute("aria-describedby", "mastodon-problem");
    const label = Object.assign(document.createElement("label"), {
      htmlFor: "mastodon-server",
      textContent: "Your server, such as mastodon.social",
    });
    this.#remember = Object.assign(document.createElement("input"), { type: "checkbox", checked: remembered() !== "" });
    const choice = document.createElement("label");
    choice.append(this.#remember, " Remember it in this browser");
    this.#problem = Object.assign(document.createElement("p"), { id: "mastodon-problem", className: "mastodon-share__problem" });
    this.#problem.setAttribute("role", "alert");
    const send = Object.assign(document.createElement("button"), { className: "button", textContent: "Write the post there" });
    form.append(label, this.#input, this.#problem, choice, send);
    form.addEventListener("submit", (event) => this.#open(event));
    this.prepend(form);
  }

  #open(event) {
    event.preventDefault();
    const host = hostOf(this.#input.value);
    this.#input.setAttribute("aria-invalid", String(!host));
    this.#problem.textContent = host ? "" : "This is no name of a server. Write it as mastodon.social, or as @you@mastodon.social.";
    if (!host) return this.#input.focus();
    remember(this.#remember.checked ? host : "");
    location.assign(`https://${host}/share?text=${encodeURIComponent(this.dataset.words)}`);
  }
}

/** The host in what somebody typed: a name, an address, or `@you@server`. */
function hostOf(typed) {
  const name = typed.trim().replace(/^https?:\/\//i, "").replace(/\/.*$/, "").replace(/^.*@/, "");
  // Letters of other scripts become those of DNS here.
  const address = URL.canParse(`https://${name}/`) ? new URL(`https://${name}/`) : null;
  if (!address || address.port || address.username) return "";
  const host = address.hostname;
  const isName = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(host);
  return isName ? host : "";
}

function remembered() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function remember(host) {
  try {
    if (host) localStorage.setItem(KEY, host);
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing asks again.
  }
}

customElements.define("mastodon-share", MastodonShare);
