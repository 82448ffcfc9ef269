// Flows: named functions that run a few at a time, each with visitors of its
// own to the sites that all share.

import { availableParallelism } from "node:os";

import { Visitor } from "./visitor.mjs";

const LONGEST = 150_000;
// Some wait while others work.
const AT_ONCE = availableParallelism() + 1;

const flows = [];

/**
 * Adds a flow. `run` gets `{ shipped, awkward, settled, visit, browser, start,
 * update }`: the sites, `visit(site, options)`, which brings a visitor,
 * `start(parts, flags)`, which starts a site of the flow's own, and whether what
 * is compared shall be kept as it is.
 */
export function flow(name, run) {
  flows.push({ name, run });
}

/**
 * Runs all flows. Prints a line for each, what went wrong, what the sites have
 * logged, and the sum as the last line. False if one failed.
 */
export async function runAll(world) {
  const start = performance.now();
  const queue = [...flows];
  const failures = [];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const began = performance.now();
      const error = await runOne(next, world);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`${error ? "FAILED" : "ok    "} ${next.name} (${seconds} s)`);
      if (error) failures.push({ name: next.name, error });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const { name, error } of failures) {
    console.log(`\n--- ${name}\n${error.stack ?? error}`);
  }
  for (const name of ["shipped", "awkward", "settled"]) {
    if (world[name].log) console.log(`\nThe log of the ${name} site:\n${world[name].log}`);
  }
  console.log(`\nin ${((performance.now() - start) / 1000).toFixed(0)} s`);
  console.log(`${flows.length - failures.length} passed, ${failures.length} failed`);
  return failures.length === 0 && flows.length > 0;
}

async function runOne({ run }, world) {
  const visitors = [];
  const visit = async (site, options) => {
    const visitor = await Visitor.arrive(world.browser, site, options);
    visitors.push(visitor);
    return visitor;
  };
  let timer;
  const tooLong = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${LONGEST / 1000} s`)), LONGEST);
  });
  try {
    await Promise.race([run({ ...world, visit }), tooLong]);
    for (const visitor of visitors) await visitor.leave();
    return null;
  } catch (error) {
    return error;
  } finally {
    clearTimeout(timer);
    for (const visitor of visitors) await visitor.leave().catch(() => {}); // The first failure counts.
  }
}
