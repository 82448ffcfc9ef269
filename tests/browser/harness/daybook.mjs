// A Daybook of our own: the program on a free port of 127.0.0.1, with a data
// folder that is thrown away.

import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** What a form must have stood open for to count as written by a person. */
export const PATIENCE = 3200;

const START_WITHIN = 30_000;
const PORTS_TO_TRY = 5;

export class Daybook {
  #program;
  #folder;
  #process = null;
  #log = "";
  #clients = 0;

  /** The address, without a slash at the end. */
  url = "";
  /** The content folder: a copy that may be changed. */
  content;

  /**
   * Starts the program. `parts` says what its content folder is made of, in
   * this order: pairs of a path in it (`.` is the whole) and the folder to copy
   * there, or a function that writes there.
   */
  static async start(program, parts, flags = []) {
    const daybook = new Daybook(program, await mkdtemp(join(tmpdir(), "daybook-browser-")));
    try {
      for (const [path, from] of parts) {
        const to = join(daybook.content, path);
        if (typeof from === "function") await from(to);
        else await cp(from, to, { recursive: true });
      }
      for (let attempt = 1; ; attempt += 1) {
        if (await daybook.#listen(await freePort(), flags)) return daybook;
        if (attempt === PORTS_TO_TRY) throw new Error(`${program} did not start:\n${daybook.log}`);
      }
    } catch (error) {
      await daybook.stop();
      throw error;
    }
  }

  constructor(program, folder) {
    this.#program = program;
    this.#folder = folder;
    this.content = join(folder, "content");
  }

  /** What the program has said so far. */
  get log() {
    return this.#log;
  }

  /** An address that no other client of this site has, as a proxy reports it. */
  newClient() {
    this.#clients += 1;
    return `198.51.${this.#clients >> 8}.${this.#clients & 255}`;
  }

  /** The reports that were kept, newest first, as an editor lists them. */
  async reports() {
    return JSON.parse(await this.run(["reports", "list", "--format", "json"]));
  }

  /** What a command of the program prints, run beside the server. */
  async run(args) {
    const { stdout } = await promisify(execFile)(this.#program, args, {
      cwd: this.#folder,
      env: this.#environment(),
    });
    return stdout;
  }

  /** The mails that have left for the folder, oldest first, as they were written. */
  async mails() {
    const folder = join(this.#folder, "data", "mail");
    const names = await readdir(folder).catch(() => []);
    const files = names.filter((name) => name.endsWith(".eml"));
    return Promise.all(files.sort().map((name) => readFile(join(folder, name), "utf8")));
  }

  /** Runs SQL in its database, for what would take people too long to make. */
  async execute(sql) {
    const database = join(this.#folder, "data", "daybook.db");
    await promisify(execFile)("sqlite3", ["-bail", "-cmd", ".timeout 10000", database, sql]);
  }

  /** Ends the program, and nothing else, and removes its folder. */
  async stop() {
    const running = this.#process;
    if (running && running.exitCode === null && running.signalCode === null) {
      const ended = new Promise((resolve) => running.once("exit", resolve));
      running.kill("SIGTERM");
      const timer = setTimeout(() => running.kill("SIGKILL"), 12_000);
      await ended;
      clearTimeout(timer);
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** False if the program ended, as it does when the port was just taken. */
  async #listen(port, flags) {
    this.url = `http://127.0.0.1:${port}`;
    const child = spawn(this.#program, ["serve", "--listen", `127.0.0.1:${port}`, ...flags], {
      cwd: this.#folder,
      env: this.#environment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    // However this process ends, that one ends too.
    process.once("exit", () => child.kill("SIGKILL"));
    let failed = null;
    child.on("error", (error) => (failed = error));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.#log += text));
    }
    const late = Date.now() + START_WITHIN;
    while (Date.now() < late) {
      if (failed) throw new Error(`${this.#program} cannot be run: ${failed.message}`);
      if (child.exitCode !== null || child.signalCode !== null) return false;
      const ready = await fetch(`${this.url}/readyz`).catch(() => null);
      if (ready?.ok) return true;
      await sleep(50);
    }
    throw new Error(`${this.#program} was not ready within ${START_WITHIN / 1000} s:\n${this.#log}`);
  }

  /** The settings of the person who runs the tests are no settings for them. */
  #environment() {
    const others = Object.entries(process.env).filter(
      ([name]) => !name.startsWith("DAYBOOK_") && name !== "DATABASE_URL",
    );
    return {
      ...Object.fromEntries(others),
      DAYBOOK_CONTENT: this.content,
      DAYBOOK_DATA: join(this.#folder, "data"),
      DAYBOOK_LOG: "warn",
      // Each visitor has an address of its own, so that the limit of reports
      // for one client does not meet the tests as a whole.
      DAYBOOK_TRUSTED_PROXIES: "127.0.0.1",
    };
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
