// <reading-preferences data-zone="UTC" data-today="/today">: the theme, the way
// dates are written, and whose clock says what is today. Kept in this browser
// only, under the one name "reading", and told to nobody: the address of today
// in the reader's zone is asked for when its link is followed. theme.js puts
// the theme on before the page is seen.

const NAME = "reading";
const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";
// A whole date and nothing else: of "January 4 – 7, 1951" no part is turned.
const DATE = new RegExp(`^(\\s*(?:Today, )?)(?:(${MONTHS}) (\\d{1,2})(?:, (\\d+(?: BCE| CE)?))?|(\\d{1,2}) (${MONTHS})(?: (\\d+(?: BCE| CE)?))?)(\\s*|, by .*)$`, "s");
// Where the site itself writes dates; never in the words of an article.
const DATED = "time, .event__date, .annals__date, .neighbours__date, .title-page__turn a, .title-page__note, .receipt__when";
const html = document.documentElement;
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

class ReadingPreferences extends HTMLElement {
  #kept = read();
  #words = new Map();
  #fields = new Map();
  #said = make("p", { role: "status" });

  connectedCallback() {
    if (this.#fields.size > 0) return;
    const box = make("details", {}, make("summary", {}, "Reading preferences"));
    const [mdy, dmy] = ["January 4, 1951", "4 January 1951"];
    const site = `by the clock of the site (${this.dataset.zone.replaceAll("_", " ")})`;
    box.append(
      this.#field("theme", "Paper", { "": "as the system has it", light: "light", dark: "dark" }),
      this.#field("dates", "Dates", html.dataset.dates === "dmy" ? { "": dmy, mdy } : { "": mdy, dmy }),
      this.#field("zone", "Today", { "": site, [here]: `by my own (${here.replaceAll("_", " ")})` }),
      make("p", {}, "Kept in this browser only."),
    );
    const forget = make("button", { type: "button" }, "Forget these");
    forget.addEventListener("click", () => this.#forget());
    box.append(forget, this.#said);
    this.append(box);
    this.#apply();
  }

  #field(name, label, options) {
    const select = make("select", { name });
    for (const [value, words] of Object.entries(options)) select.add(new Option(words, value));
    select.value = this.#kept[name] ?? "";
    if (select.selectedIndex < 0) select.value = "";
    select.addEventListener("change", () => this.#choose(name, select.value));
    this.#fields.set(name, select);
    return make("label", {}, `${label} `, select);
  }

  #choose(name, value) {
    if (value) this.#kept[name] = value;
    else delete this.#kept[name];
    this.#said.textContent = write(this.#kept) ? "" : "This browser keeps nothing: it holds for this page.";
    this.#apply();
  }

  #forget() {
    this.#kept = {};
    write(this.#kept);
    for (const select of this.#fields.values()) select.value = "";
    this.#apply();
    this.#said.textContent = "Forgotten.";
  }

  #apply() {
    const { theme, dates } = this.#kept;
    if (theme === "light" || theme === "dark") html.dataset.theme = theme;
    else delete html.dataset.theme;
    this.#writeDates(dates === "dmy" || dates === "mdy" ? dates : html.dataset.dates);
    this.#tellToday(this.#kept.zone === here ? here : "");
  }

  #writeDates(style) {
    if (this.#words.size === 0 && style === html.dataset.dates) return;
    for (const element of document.querySelectorAll(DATED)) {
      if (element.closest(".prose")) continue;
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE) continue;
        if (!this.#words.has(node)) this.#words.set(node, node.data);
        const words = inStyle(this.#words.get(node), style);
        if (node.data !== words) node.data = words;
      }
    }
  }

  #tellToday(zone) {
    const { today } = this.dataset;
    const href = zone ? `${today}?tz=${encodeURIComponent(zone)}` : "/";
    const links = `.masthead__nav a:is([href="/"], [href^="${today}?tz="])`;
    for (const link of document.querySelectorAll(links)) link.setAttribute("href", href);
    document.querySelector(".title-page__elsewhere")?.remove();
    const [own, theirs] = [zone, this.dataset.zone].map(dayIn);
    if (!zone || location.pathname !== "/" || own.iso === theirs.iso) return;
    const when = own.iso > theirs.iso ? "already" : "still";
    const day = inStyle(own.words, this.#kept.dates ?? html.dataset.dates);
    const link = make("a", { href }, `Where you are it is ${when} ${day}: see that day`);
    const line = make("p", { class: "title-page__note title-page__elsewhere" }, link);
    document.querySelector("main .title-page")?.append(line);
  }
}

/** The day it is in a zone: for comparing, and as "January 4". */
function dayIn(timeZone) {
  const zone = timeZone ? { timeZone } : {};
  const parts = { year: "numeric", month: "2-digit", day: "2-digit", ...zone };
  const words = { month: "long", day: "numeric", ...zone };
  const format = (locale, options) => new Intl.DateTimeFormat(locale, options).format();
  return { iso: format("sv", parts), words: format("en-US", words) };
}

function inStyle(words, style) {
  const parts = DATE.exec(words);
  if (!parts) return words;
  const [, before, month = parts[6], day = parts[5], year = parts[7], , , , after] = parts;
  const date = style === "dmy" ? `${day} ${month}${year ? ` ${year}` : ""}` : `${month} ${day}${year ? `, ${year}` : ""}`;
  return before + date + after;
}

function read() {
  try {
    return { ...JSON.parse(localStorage.getItem(NAME) ?? "{}") };
  } catch {
    return {};
  }
}

function write(kept) {
  try {
    if (Object.keys(kept).length > 0) localStorage.setItem(NAME, JSON.stringify(kept));
    else localStorage.removeItem(NAME);
    return true;
  } catch {
    return false;
  }
}

function make(name, attributes, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}

customElements.define("reading-preferences", ReadingPreferences);
