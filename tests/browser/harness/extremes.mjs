// Content in such numbers as nobody writes by hand: written anew for each run,
// the same each time.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";

const WORDS =
  "the river rose in the night and the men who kept the bridge rang its bell until the town awoke " +
  "few went out for nobody believed that water could come so far and those who did carried lamps " +
  "a clerk wrote down the hour of each wave with the name of whoever had seen it";

/** Writes articles and people into a content folder; `folder` is made. */
export async function writeExtremes(folder) {
  await mkdir(join(folder, "people"), { recursive: true });
  await Promise.all([
    crowdedDay(folder),
    crowdedPlace(folder),
    longText(folder),
    manyNotes(folder),
    manyPictures(folder),
    longName(folder),
  ]);
}

/** Thirty events on one day, of as many years, all of one place. */
async function crowdedDay(folder) {
  for (let number = 1; number <= 30; number += 1) {
    const year = 1000 + number * 31;
    const title = `The gate of the harbour is opened for the ${ordinal(number)} time`;
    await article(folder, "09/09", `gate-opened-${number}`, title, {
      date: `${year}-09-09`,
      place: "The Crowded Harbour",
    }, prose(number, 60));
  }
}

/** Ten more articles of the same place, on as many days: forty in all. */
async function crowdedPlace(folder) {
  for (let number = 1; number <= 10; number += 1) {
    const day = String(number).padStart(2, "0");
    await article(folder, `10/${day}`, `ship-sunk-${number}`, `A ${ordinal(number)} ship sinks at its mooring`, {
      date: `${1700 + number * 9}-10-${day}`,
      place: "The Crowded Harbour",
    }, prose(number, 40));
  }
}

/** Twenty thousand words under a hundred headings. */
async function longText(folder) {
  const sections = Array.from({ length: 100 }, (_, section) => {
    const paragraphs = Array.from({ length: 4 }, (_, part) => prose(section * 4 + part, 50));
    return `## What the ${ordinal(section + 1)} witness said\n\n${paragraphs.join("\n\n")}`;
  });
  await article(folder, "11/05", "twenty-thousand-words", "The flood, told by all who saw it", {
    date: "1771-11-05",
  }, `${prose(7, 60)}\n\n${sections.join("\n\n")}`);
}

/** Sixty notes, some of several paragraphs, many of them close together. */
async function manyNotes(folder) {
  const numbers = Array.from({ length: 60 }, (_, index) => index + 1);
  const text = numbers.map((number) => `${sentence(number, 6 + (number % 9))}[^n${number}]`);
  const paragraphs = Array.from({ length: 10 }, (_, part) => text.slice(part * 6, part * 6 + 6).join(" "));
  const notes = numbers.map((number) => {
    const more = number % 7 === 0 ? `\n\n    ${prose(number, 30)}` : "";
    return `[^n${number}]: ${sentence(number + 3, 5 + ((number * 5) % 25))}${more}`;
  });
  await article(folder, "11/07", "sixty-notes", "A treaty with sixty notes is signed", {
    date: "1772-11-07",
  }, `${paragraphs.join("\n\n")}\n\n${notes.join("\n\n")}\n`);
}

/** Ten pictures of ten shapes, one of them at the head of the article. */
async function manyPictures(folder) {
  const shapes = [
    [1600, 900], [900, 1600], [1200, 1200], [2400, 300], [200, 1200],
    [640, 480], [320, 320], [1600, 1067], [64, 48], [1000, 750],
  ];
  const place = join(folder, "articles/11/09");
  await mkdir(place, { recursive: true });
  const about = (index) =>
    `{file: stripes-${index}.png, kind: diagram, alt: ${ordinal(index + 1)} stripes., ` +
    `caption: "Stripes of ${shapes[index].join(" by ")} points", credit: Daybook, licence: CC0 1.0}`;
  for (const [index, [width, height]] of shapes.entries()) {
    await writeFile(join(place, `stripes-${index}.png`), stripes(width, height, index));
  }
  const rest = shapes.map((_, index) => index).slice(1);
  const text = rest.map((index) => `${prose(index, 45)}\n\n![](stripes-${index}.png)`);
  await article(folder, "11/09", "ten-pictures", "Ten flags are raised over the harbour", {
    date: "1773-11-09",
    illustration: about(0),
    pictures: `[${rest.map(about).join(", ")}]`,
  }, text.join("\n\n"));
}

async function longName(folder) {
  const names = "Maria Theresia Walburga Amalia Christina Johanna Josepha Antonia Philippina Ludovica";
  const name = `${names} von und zu Hohenwaldenburg-Schillingsfürst-Ratibor und Corvey-Langenstein the Younger`;
  await writeFile(
    join(folder, "people/the-long-named.md"),
    `---\nname: ${name}\nalso: [Maria]\nborn: "1717-05-13"\ndied: "1780-11-29"\n---\nShe signed with an initial.\n`,
  );
  await article(folder, "11/11", "long-named", "A princess signs her name", {
    date: "1774-11-11",
    people: `[${name}]`,
  }, prose(5, 40));
}

async function article(folder, day, slug, title, head, text) {
  const lines = Object.entries({ title, summary: "One of many, written by a program.", ...head });
  await mkdir(join(folder, "articles", day), { recursive: true });
  await writeFile(
    join(folder, "articles", day, `${slug}.md`),
    `---\n${lines.map(([key, value]) => `${key}: ${value}`).join("\n")}\n---\n${text}\n`,
  );
}

function prose(seed, words) {
  const lines = [];
  for (let rest = words, number = seed; rest > 0; number += 1) {
    const length = Math.min(rest, 8 + ((number * 7) % 15));
    lines.push(sentence(number, length));
    rest -= length;
  }
  return lines.join(" ");
}

function sentence(seed, length) {
  const all = WORDS.split(" ");
  const words = Array.from({ length }, (_, index) => all[(seed * 11 + index) % all.length]);
  return `${words[0][0].toUpperCase()}${words.join(" ").slice(1)}.`;
}

function ordinal(number) {
  const ending = { 1: "st", 2: "nd", 3: "rd" }[number % 10];
  return `${number}${ending && Math.floor(number / 10) % 10 !== 1 ? ending : "th"}`;
}

/** A PNG of slanted stripes, of another colour for each `seed`. */
function stripes(width, height, seed) {
  const row = width * 3 + 1;
  const pixels = Buffer.alloc(row * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const shade = (x + y) % 80 < 40 ? 60 : 190;
      const at = y * row + 1 + x * 3;
      pixels[at] = (shade + seed * 40) % 256;
      pixels[at + 1] = (shade + seed * 90) % 256;
      pixels[at + 2] = shade;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // Eight bits each of red, green and blue.
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(checksum(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}

/** The CRC-32 of PNG; zlib has one from Node 20.15 on only. */
function checksum(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
