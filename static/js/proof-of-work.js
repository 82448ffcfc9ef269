// <proof-of-work>: finds, while the reader writes, the number that a form asks
// for when very many come in. With `data-challenge`, a full stop and the number,
// SHA-256 gives a hash that begins with so many zero bits as the challenge says.
//
// Plain arithmetic instead of crypto.subtle: that one is missing on pages
// without TLS, and takes longer to call than to calculate. Whoever sends the
// form before it is ready waits for the rest; nothing has to be pressed twice.

/** Attempts between two breaths, so that typing never stumbles. */
const ATTEMPTS_AT_ONCE = 3000;

class ProofOfWork extends HTMLElement {
  #status = null;
  #answer = null;
  #waiting = null;

  connectedCallback() {
    const form = this.closest("form");
    this.#status = this.querySelector("[role=status]");
    this.#answer = this.querySelector("[name=answer]");
    if (!form || !this.#status || !this.#answer) return;
    form.addEventListener("submit", (event) => {
      if (this.#answer.value) return;
      event.preventDefault();
      this.#waiting = event.submitter;
      this.#status.textContent = "One moment: the form is sent as soon as your browser is ready.";
    });
    this.#status.textContent = "Your browser is calculating. Please go on writing.";
    this.#search(form);
  }

  async #search(form) {
    const challenge = this.dataset.challenge ?? "";
    const [, bits] = challenge.split(".");
    const hash = hashAfter(`${challenge}.`);
    for (let number = 0; this.isConnected; ) {
      for (const end = number + ATTEMPTS_AT_ONCE; number < end; number += 1) {
        if (zeros(hash(String(number))) >= Number(bits)) {
          this.#answer.value = String(number);
          this.#status.textContent = "Your browser is ready: you can send the form.";
          if (this.#waiting) form.requestSubmit(this.#waiting);
          return;
        }
      }
      await new Promise((resume) => setTimeout(resume));
    }
  }
}

/** How many bits at the beginning of a hash are zero; at most 64 are counted. */
function zeros([first, second]) {
  return first === 0 ? 32 + Math.clz32(second) : Math.clz32(first);
}

/** SHA-256 (FIPS 180-4) of texts that begin alike: that part is hashed once. */
function hashAfter(beginning) {
  const bytes = new TextEncoder().encode(beginning);
  const whole = bytes.length - (bytes.length % 64);
  const state = START.slice();
  for (let at = 0; at < whole; at += 64) compress(state, bytes.subarray(at, at + 64));
  const rest = bytes.subarray(whole);
  return (end) => {
    const length = rest.length + end.length;
    const blocks = new Uint8Array(length + 9 > 64 ? 128 : 64);
    blocks.set(rest);
    for (let at = 0; at < end.length; at += 1) blocks[rest.length + at] = end.charCodeAt(at);
    blocks[length] = 0x80;
    new DataView(blocks.buffer).setUint32(blocks.length - 4, (whole + length) * 8);
    const hash = state.slice();
    for (let at = 0; at < blocks.length; at += 64) compress(hash, blocks.subarray(at, at + 64));
    return hash;
  };
}

const words = new Uint32Array(64);

function compress(state, block) {
  for (let i = 0; i < 16; i += 1) {
    const at = i * 4;
    words[i] = (block[at] << 24) | (block[at + 1] << 16) | (block[at + 2] << 8) | block[at + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const [x, y] = [words[i - 15], words[i - 2]];
    const low = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const high = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    words[i] = words[i - 16] + low + words[i - 7] + high;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] += word; });
}

function turn(word, by) {
  return (word >>> by) | (word << (32 - by));
}

/** The first 32 bits of the fractional parts of roots of the first primes. */
const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
const fraction = (root) => (root - Math.floor(root)) * 2 ** 32;
const START = Uint32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const ROUNDS = Uint32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));

customElements.define("proof-of-work", ProofOfWork);
