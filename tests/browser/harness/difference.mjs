// Two texts, line by line.

const AROUND = 2;

/**
 * How to get from the one to the other, as lines that begin with "-", "+" or
 * " " with two lines around each change; empty if they are the same.
 */
export function difference(before, after) {
  const [old, now] = [before.split("\n"), after.split("\n")];
  // How many lines the rests have in common, from each pair of lines on.
  const common = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      common[i][j] = old[i] === now[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const lines = [];
  for (let i = 0, j = 0; i < old.length || j < now.length; ) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push(`  ${old[i]}`);
      i += 1;
      j += 1;
    } else if (j === now.length || (i < old.length && common[i + 1][j] >= common[i][j + 1])) {
      lines.push(`- ${old[i]}`);
      i += 1;
    } else {
      lines.push(`+ ${now[j]}`);
      j += 1;
    }
  }
  const isNear = (at) => lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some((line) => line[0] !== " ");
  const shown = lines.map((line, at) => (isNear(at) ? line : null));
  return shown.flatMap((line, at) => line ?? (shown[at - 1] ? "  …" : [])).join("\n");
}
