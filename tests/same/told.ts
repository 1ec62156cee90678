/** What differs between two recordings of the same code, as patterns; the demonstration itself is of 2021. */
const passing: readonly (readonly [RegExp, string])[] = [
  // First, as one can begin like a date.
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/g, "<uuid>"],
  [
    /\b20(?:2[5-9]|[3-9]\d)-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?/g,
    "<time>",
  ],
  [/\b20(?:2[5-9]|[3-9]\d)\d{4}(?:T\d{6}Z?)?\b/g, "<time>"],
  [/\b\d{1,2} [A-Z][a-z]{2,8} 20(?:2[5-9]|[3-9]\d)(?:,? (?:at )?\d\d:\d\d)?/g, "<time>"],
  [/\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/g, "<time>"],
  // Milliseconds of an epoch after 2024.
  [/(?<![\w.])1[789]\d{11}(?:\.\d+)?(?![\w.])/g, "<time>"],
  // The hour of the recording itself, which begins at ten past two.
  [/(?<!\d)(?:1[45]:1\d(?::\d\d(?:\.\d+)?)?|[23]:1\dpm)|(?<=20211126T)1[45]1\d\d\d/g, "<hour>"],
  [/(?<=[sS]econds = )[\d.]+|[\d.]+(?= m?s\b)/g, "<seconds>"],
  [/(?<=\bkey_id = )\w+/g, "<key>"],
  [/(?<=\/requests\/)\w+/g, "<request>"],
  [/(?<=\b(?:viewer|secret) = )"[\w-]+"/g, "<secret>"],
  [/(?<![0-9a-f])[0-9a-f]{64,}(?![0-9a-f])/g, "<hash>"],
  [/\$argon2id\$[^"\s]+/g, "<hash>"],
  [/(?<![\w-])[\w-]{43}=?(?![\w-])/g, "<secret>"],
  // As people type them: a code of recovery or of setting up, and the secret of an app.
  [/\b(?:[a-z0-9]{5}-){3,}[a-z0-9]{5}\b/g, "<secret>"],
  [/\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b|(?<=secret=)[A-Z2-7]{32}\b/g, "<secret>"],
  [/127\.0\.0\.1:\d+/g, "<address>"],
];

/** Without what depends on the hour of the recording or on chance. */
export function lasting(text: string): string {
  return passing.reduce((rest, [pattern, name]) => rest.replace(pattern, name), text);
}

/**
 * JSON as one line for each leaf, `plans[0].state = "open"`, by the order of the names: a difference then tells where it is,
 * and the order in which a reply names its fields is none.
 */
export function leaves(value: unknown, path = ""): string[] {
  if (Array.isArray(value) && !value.every(isPlain)) {
    return value.flatMap((one, at) => leaves(one, `${path}[${at}]`));
  }
  if (!isPlain(value) && !Array.isArray(value)) {
    const entries = Object.entries(value as object).toSorted(([one], [other]) =>
      one < other ? -1 : 1,
    );
    if (entries.length > 0) {
      return entries.flatMap(([name, one]) => leaves(one, path ? `${path}.${name}` : name));
    }
  }
  // Which names a schema requires is a set.
  const told = Array.isArray(value) && path.endsWith(".required") ? value.toSorted() : value;
  return [`${path} = ${JSON.stringify(told)}`];
}

const isPlain = (value: unknown) => typeof value !== "object" || value === null;

/** JSON, JSON in lines without those that only tell how far a work is, or text as it is. */
export function linesOf(text: string): string[] {
  const documents = parsed([text]) ?? parsed(text.split("\n").filter(Boolean));
  if (!documents) return text.split("\n");
  const told = documents.filter((one) => !isProgress(one));
  return told.length === 1 ? leaves(told[0]) : told.flatMap((one, at) => leaves(one, `[${at}]`));
}

function parsed(texts: readonly string[]): unknown[] | null {
  try {
    return texts.map((text) => JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

const isProgress = (value: unknown) =>
  typeof value === "object" &&
  value !== null &&
  ("progress" in value || ("type" in value && value.type === "progress"));
