// The report form without a browser, as a program would send it.

/** The form at `path` with what its hidden fields and its choices hold. */
export async function openForm(site, path, client = site.newClient()) {
  const answer = await fetch(site.url + path, { headers: { "x-forwarded-for": client } });
  const html = await answer.text();
  const form = /<form class="form"[\s\S]*<\/form>/.exec(html)[0];
  const fields = {};
  for (const [tag] of form.matchAll(/<input [^>]*>/g)) {
    const value = (name) => unescape(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
    if (value("type") === "hidden" || / checked\b/.test(tag)) fields[value("name")] = value("value");
  }
  return { action: unescape(/ action="([^"]*)"/.exec(form)[1]), fields, client };
}

/** Sends the form with `words` in its fields; redirects are not followed. */
export function sendForm(site, { action, fields, client }, words) {
  return fetch(site.url + action, {
    method: "POST",
    body: new URLSearchParams({ ...fields, ...words }),
    headers: { "x-forwarded-for": client },
    redirect: "manual",
  });
}

function unescape(text) {
  const named = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name) return named[name] ?? whole;
    return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
  });
}
