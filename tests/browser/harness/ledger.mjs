// Decided cases of every kind, written into the database of a site as the desk
// would leave them, because deciding so many by hand would take minutes.

const DAY = 86_400_000;
/** 10 January 2026, by which all times here are told. */
const START = 1_768_003_200_000;
const LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ";

/** State, kind of note, category, article, and what the editors wrote. */
const CASES = [
  ["C-AAAAAA", "corrected", "correction", "date", "bridge-opens", "An earlier version gave the year as 1452. It was 1453."],
  ["C-AAAAAB", "corrected", "clarification", "place", "everything-at-once", `It could be misread. ${LONG.repeat(3)}`],
  ["C-AAAAAC", "corrected", "minor", "wording", "arabic", "‏كُتب الاسم خطأ."],
  ["C-AAAAAD", "accepted", "correction", "removal", "bridge-opens", "Two lines\nof a note."],
  ["C-AAAAAE", "declined", "", "person", "two-hundred-characters", "The source says so & <b>no</b> other does."],
  ["C-AAAAAF", "reopened", "", "rights", "gone-without-trace", "The archive’s record confirms it."],
];

const ready = new WeakMap();

/** Writes the cases, once for each site; gives back the path of the ledger. */
export async function ledger(site) {
  if (!ready.has(site)) ready.set(site, site.execute(statements()));
  await ready.get(site);
  return "/corrections";
}

/** The same, narrowed. */
export async function chosenLedger(site) {
  return `${await ledger(site)}?outcome=corrected&article=bridge-opens`;
}

/** A case that took every step. */
export async function reopenedCase(site) {
  return `${await ledger(site)}/c-aaaaaf`;
}

/** A case that another answers. */
export async function mergedCase(site) {
  return `${await ledger(site)}/c-mmmmmm`;
}

/** How many cases the ledger lists in all. */
export const LISTED = CASES.length + 52;

function statements() {
  const lines = ["BEGIN;"];
  let number = 0;
  const audit = (at, id, from, to, why) =>
    lines.push(
      `INSERT INTO audit VALUES ((SELECT COALESCE(MAX(number), 0) + 1 FROM audit), ${at}, 'daybook', '${id}', '${from}', '${to}', '${quoted(why)}', 'browser ${(number += 1)}');`,
    );
  const keep = (id, state, kind, category, article, text, opened, into = null) => {
    const decided = state === "merged" ? "NULL" : opened + 3 * DAY;
    const closed = ["corrected", "declined", "merged"].includes(state) ? opened + 4 * DAY : "NULL";
    const isNote = kind !== "";
    lines.push(
      `INSERT INTO cases VALUES ('${id}', 'error', '${state}', FALSE, '${article}', '${category}', 'A passage.', 1, ${opened}, NULL, ${decided}, ${closed}, ${opened}, 1, NULL, ${into ? `'${into}'` : "NULL"}, '${isNote ? "" : quoted(text)}', '${kind}', '${isNote ? quoted(text) : ""}', '', '', '', ${state === "corrected" ? 1 : "NULL"});`,
    );
    audit(opened, id, "", "checking", "");
    const first = isNote ? "accepted" : "declined";
    if (state !== "merged") audit(opened + 3 * DAY, id, "checking", first, text);
    if (state === "merged") audit(opened + 3 * DAY, id, "checking", "merged", into);
    if (state === "corrected") audit(opened + 4 * DAY, id, "accepted", "corrected", text);
    if (state === "reopened") audit(opened + 4 * DAY, id, "declined", "reopened", "A second source came.");
  };
  CASES.forEach((one, index) => keep(...one, START + index * DAY));
  keep("C-MMMMMM", "merged", "", "date", "bridge-opens", "", START, "C-AAAAAA");
  for (let more = 0; more < 52; more += 1) {
    const id = `C-B${String(more).padStart(5, "0")}`;
    keep(id, "declined", "", "date", "bridge-opens", "It stays as it is.", START - (20 + more * 9) * DAY);
  }
  lines.push("COMMIT;");
  return lines.join("\n");
}

const quoted = (text) => text.replaceAll("'", "''");
