// The six digits that an editor's telephone shows (RFC 6238, as everybody uses
// it: SHA-1, thirty seconds).

import { createHmac } from "node:crypto";

const STEP = 30;

/** `secret` in base 32, `at` in milliseconds. */
export function code(secret, at = Date.now()) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 1000 / STEP)));
  const mac = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const from = mac[mac.length - 1] & 15;
  const number = (mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, "0");
}

/** How long until the next one, in milliseconds: each is good for one sign-in. */
export function untilNext(at = Date.now()) {
  return STEP * 1000 - (at % (STEP * 1000));
}

function fromBase32(text) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let bits = "";
  for (const letter of text.replace(/[\s=]/g, "").toUpperCase()) {
    bits += letters.indexOf(letter).toString(2).padStart(5, "0");
  }
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}
