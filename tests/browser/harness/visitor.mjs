// A visitor: a browser context of its own that notices whatever a page of ours
// must never do, and complains of it when it leaves.

import assert from "node:assert/strict";

const WINDOW = { width: 1280, height: 800 };

export class Visitor {
  #context;
  #found = [];
  #errorPages = new Set();
  #messages = [];
  #hasLeft = false;
  /** Cookies that may be set: an editor's, and none for readers. */
  #cookies;

  /** Where the visitor is. */
  site;
  /** The visitor's address, as the site sees it. */
  client;
  /** The page the visitor looks at. */
  page;

  /**
   * `options` are those of a context of Playwright, and `cookies`: the names of
   * those that may be set.
   */
  static async arrive(browser, site, { cookies = [], ...options } = {}) {
    const client = site.newClient();
    const context = await browser.newContext({
      baseURL: site.url,
      viewport: WINDOW,
      reducedMotion: "reduce",
      serviceWorkers: "block",
      ...options,
      extraHTTPHeaders: { "x-forwarded-for": client },
    });
    context.setDefaultTimeout(20_000);
    const visitor = new Visitor(site, client, context, cookies);
    await visitor.#watch();
    visitor.page = await context.newPage();
    return visitor;
  }

  constructor(site, client, context, cookies) {
    this.#cookies = cookies;
    this.site = site;
    this.client = client;
    this.#context = context;
  }

  /** Opens a path and fails if the answer is another than expected. */
  async open(path, status = 200) {
    const response = await this.page.goto(path);
    assert.equal(response.status(), status, `the status of ${path}`);
    return response;
  }

  /** Sends the form on the page by its button; gives back the last answer. */
  async submit() {
    const answered = this.page.waitForResponse(
      (response) =>
        response.request().isNavigationRequest() && ![301, 302, 303].includes(response.status()),
    );
    await this.page.locator("main form [type=submit]").click();
    const response = await answered;
    await this.page.waitForLoadState();
    return response;
  }

  /** Fails if something happened that must not, on any of the pages seen. */
  async verify() {
    const all = await this.#context.cookies();
    const cookies = all.filter(({ name }) => !this.#cookies.includes(name));
    const messages = this.#messages
      // The browser also notes the status of an error page that was asked for.
      .filter(({ text, url }) => !(text.startsWith("Failed to load") && this.#errorPages.has(url)))
      .map(({ text, url }) => `the console says: ${text} (${url})`);
    const found = [
      ...this.#found,
      ...messages,
      ...cookies.map((cookie) => `a cookie was set: ${cookie.name}`),
    ];
    assert.deepEqual(found, [], "what a page must never do");
  }

  /** Verifies, if nobody has, and closes all pages. */
  async leave() {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    try {
      await this.verify();
    } finally {
      await this.#context.close();
    }
  }

  async #watch() {
    const context = this.#context;
    const isOurs = (url) => url.startsWith(`${this.site.url}/`);
    context.on("request", (request) => {
      if (!isOurs(request.url())) this.#found.push(`another host was asked: ${request.url()}`);
    });
    context.on("response", (response) => {
      if (response.status() < 400) return;
      if (response.request().isNavigationRequest()) this.#errorPages.add(response.url());
      else this.#found.push(`${response.status()} for ${response.url()}`);
    });
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "";
      // Leaving a page ends what it was still loading.
      if (why !== "net::ERR_ABORTED") this.#found.push(`${why} for ${request.url()}`);
    });
    context.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      this.#messages.push({ text: message.text(), url: message.location().url });
    });
    context.on("weberror", (error) => this.#found.push(`a script failed: ${error.error()}`));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`the CSP forbids ${event.violatedDirective}: ${event.blockedURI}`);
      });
    });
  }
}
