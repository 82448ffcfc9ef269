// What can be asked of any page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** All that axe-core has about WCAG 2.0 to 2.2 at A and AA, and its advice. */
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with all of the findings, each on lines of its own. */
export function assertNone(findings) {
  if (findings.length > 0) assert.fail(`${findings.length} found:\n${findings.join("\n")}`);
}

/** The rules that look at colours; all others look at the structure. */
const AXE_COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * What axe-core finds on the page, as lines: with all of its rules, or only
 * with those about `colours` or about `structure`.
 */
export async function accessibilityFindings(page, about = "all") {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  const found = await page.evaluate(async ({ tags, colours, about }) => {
    const isOn = about !== "structure";
    const { violations } = await window.axe.run(document, {
      runOnly: about === "colours" ? { type: "rule", values: colours } : { type: "tag", values: tags },
      rules: about === "colours" ? {} : {
        "target-size": { enabled: true },
        ...Object.fromEntries(colours.map((rule) => [rule, { enabled: isOn }])),
      },
      resultTypes: ["violations"],
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}: ${node.failureSummary}`),
    );
  }, { tags: AXE_TAGS, colours: AXE_COLOURS, about });
  return found;
}

/** What stands beyond the right edge of the window, or makes it scroll there. */
export async function overflowFindings(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const found = [];
    scrollTo(0, 0);
    const scrolled = document.scrollingElement.scrollWidth;
    if (scrolled > width) found.push(`the page is ${scrolled} px wide in a window of ${width}`);
    // A table or code may scroll within itself.
    const isHeld = (element) => {
      for (let it = element.parentElement; it && it !== document.body; it = it.parentElement) {
        const style = getComputedStyle(it);
        if (["auto", "scroll"].includes(style.overflowX)) return true;
        if (it.className === "visually-hidden" || it.className === "form__trap") return true;
      }
      return false;
    };
    for (const element of document.body.querySelectorAll("*")) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || isHeld(element)) continue;
      if (box.right > width + 1 || box.left < -1) {
        if (["visually-hidden", "form__trap", "skip-link"].includes(element.className)) continue;
        found.push(
          `<${element.tagName.toLowerCase()} class="${element.className}"> reaches from ` +
            `${Math.round(box.left)} to ${Math.round(box.right)}: ${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 60)}`,
        );
      }
    }
    return found.slice(0, 10);
  });
}

/** Boxes that hide part of their words, as lines. */
export async function clippedTextFindings(page) {
  return page.evaluate(() => {
    const found = [];
    for (const element of document.body.querySelectorAll("*")) {
      const look = getComputedStyle(element);
      const hides = (overflow) => overflow === "hidden" || overflow === "clip";
      const isWide = hides(look.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const isHigh = hides(look.overflowY) && element.scrollHeight > element.clientHeight + 1;
      if (!isWide && !isHigh) continue;
      // Words for screen readers are hidden on purpose, and a picture has none.
      if (element.closest(".visually-hidden, .form__trap, .skip-link, svg") || !element.innerText?.trim()) continue;
      found.push(
        `<${element.tagName.toLowerCase()} class="${element.className}"> shows ${element.clientWidth} by ${element.clientHeight} px ` +
          `of ${element.scrollWidth} by ${element.scrollHeight}: ${element.innerText.trim().slice(0, 60)}`,
      );
    }
    return found.slice(0, 10);
  });
}

/** Words that run out of their box, and perhaps into other words, as lines. */
export async function spilledTextFindings(page) {
  return page.evaluate(() => {
    const found = [];
    const isHeld = (element) => {
      for (let it = element; it && it !== document.body; it = it.parentElement) {
        if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(it).overflowX)) return true;
        if (it.matches(".visually-hidden, .form__trap, .skip-link, svg, select, option")) return true;
      }
      return false;
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (found.length < 10 && texts.nextNode()) {
      const text = texts.currentNode;
      if (!text.data.trim()) continue;
      let block = text.parentElement;
      while (/^(?:inline|contents|ruby)/.test(getComputedStyle(block).display)) block = block.parentElement;
      const box = block.getBoundingClientRect();
      // Punctuation may hang, and a slanted letter lean out.
      const leeway = parseFloat(getComputedStyle(block).fontSize) * 0.6;
      range.selectNodeContents(text);
      const lines = [...range.getClientRects()].filter(({ width }) => width > 1);
      const worst = Math.max(...lines.map(({ left, right }) => Math.max(right - box.right, box.left - left)));
      if (worst <= leeway || isHeld(block)) continue;
      const words = text.data.trim().replace(/\s+/g, " ").slice(0, 60);
      found.push(`${Math.round(worst)} px out of <${block.tagName.toLowerCase()} class="${block.className}">: ${words}`);
    }
    return found;
  });
}

/**
 * What is to be tapped and smaller than 24 by 24 px: all controls, and all
 * links but those in running text, which WCAG 2.2 exempts; notes count as such.
 * (Whether small ones have room around them, axe-core checks.)
 */
export async function smallTargetFindings(page) {
  return page.evaluate(() => {
    const found = [];
    const inSentence = (link) => {
      if (getComputedStyle(link).display !== "inline" || link.matches("a.report-passage, a.share-passage")) return false;
      const block = link.closest("p, li, dd, dt, td, th, figcaption, blockquote");
      if (!block) return false;
      const others = [...block.querySelectorAll("a, .visually-hidden")];
      let text = block.textContent;
      for (const other of others) text = text.replace(other.textContent, "");
      return /\p{L}{2}/u.test(text);
    };
    for (const target of document.querySelectorAll("a[href], button, input, textarea, select, summary")) {
      if (target.matches("[type=hidden], [tabindex='-1'], .skip-link, sup a, .notes a")) continue;
      if (target.tagName === "A" && inSentence(target)) continue;
      // The words beside a button to choose are part of its target.
      const box = (target.closest("label") ?? target).getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      if (box.width < 23.5 || box.height < 23.5) {
        found.push(
          `<${target.tagName.toLowerCase()} class="${target.className}"> "${target.textContent.trim().slice(0, 40)}" ` +
            `is ${box.width.toFixed(0)} by ${box.height.toFixed(0)} px (in ${target.parentElement.className || target.parentElement.tagName})`,
        );
      }
    }
    return found;
  });
}

/** Links and controls that something else covers, so that no pointer reaches them. */
export async function coveredTargetFindings(page) {
  return page.evaluate(() => {
    const found = [];
    for (const target of document.querySelectorAll("a[href], button, input, textarea, select")) {
      if (target.matches("[type=hidden], [tabindex='-1'], .skip-link")) continue;
      // What a closed disclosure holds has a box all the same.
      if (!target.checkVisibility()) continue;
      target.scrollIntoView({ block: "center", behavior: "instant" });
      // A link may break over lines: each of its parts must be reached.
      for (const box of target.getClientRects()) {
        if (box.width < 1 || box.height < 1) continue;
        const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
        if (!top || target.contains(top) || target.labels?.[0]?.contains(top)) continue;
        const words = target.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
        found.push(`the ${target.tagName.toLowerCase()} "${words}" is below <${top.tagName.toLowerCase()} class="${top.className}">`);
      }
    }
    return found;
  });
}
