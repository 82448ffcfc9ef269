// Mails as their readers see them (MIME, RFC 2045 to 2047, as far as ours go).

/** The headers with small letters, and the parts by their type: `text/plain`. */
export function readLetter(source) {
  const { headers, body } = parse(source);
  const parts = {};
  collect(headers, body, parts);
  return { headers, parts };
}

function collect(headers, body, parts) {
  const type = headers["content-type"] ?? "text/plain";
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (!boundary) {
    parts[type.split(";")[0].trim().toLowerCase()] = decode(headers, body);
    return;
  }
  for (const part of body.split(`--${boundary}`).slice(1, -1)) {
    const inner = parse(part.replace(/^\r?\n/, ""));
    collect(inner.headers, inner.body, parts);
  }
}

function parse(source) {
  const [head, ...rest] = source.replaceAll("\r\n", "\n").split("\n\n");
  const lines = head.replace(/\n[ \t]+/g, " ").split("\n");
  const headers = Object.fromEntries(
    lines.map((line) => /^([^:]+): ?(.*)$/.exec(line)).filter(Boolean).map(([, name, value]) => [name.toLowerCase(), value]),
  );
  return { headers, body: rest.join("\n\n") };
}

function decode(headers, body) {
  const coding = (headers["content-transfer-encoding"] ?? "7bit").toLowerCase();
  if (coding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (coding !== "quoted-printable") return body;
  const bytes = body
    .replace(/=\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
