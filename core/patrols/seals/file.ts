import { z } from "zod";
import { outcomeOf, readSparse } from "#core/patrols/seals/content.ts";
import {
  firstOutcomes,
  readOutcome,
  readSeal,
  recordOf,
  weeksBetween,
} from "#core/patrols/seals/record.ts";
import {
  type SealContent,
  type SealEntry,
  type SealRecord,
  sealEntry,
} from "#core/patrols/wire/forecast-seals.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatDate } from "#core/time/words.ts";
import { hourMs, parseLocalDate } from "#core/time/zone.ts";

const fileHead = z.strictObject({
  file: z.literal("Boxster sealed forecasts"),
  version: z.literal(1),
  entries: z.int(),
  head: z.string().nullable(),
});

/** One JSON document a line. */
export function sealFile(entries: readonly SealEntry[]): string {
  const head: z.infer<typeof fileHead> = {
    file: "Boxster sealed forecasts",
    version: 1,
    entries: entries.length,
    head: entries.at(-1)?.hash ?? null,
  };
  return [head, ...entries].map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** What the hash of an entry covers beside the hash before it: as chain_forecast_seal in SQL. */
export function sealText({ number, kind, week, isReplayed, at, content }: SealEntry): string {
  return [number, kind, week, isReplayed ? "replayed" : "live", at, content].join("\n");
}

interface SealFault {
  readonly line: number;
  /** Its Monday; null where the line does not say. */
  readonly week: string | null;
  readonly sentence: string;
}

export interface SealVerdict {
  readonly ok: boolean;
  readonly entries: number;
  readonly seals: number;
  readonly replayed: number;
  readonly head: string | null;
  /** Mondays between the first and the last seal of which none was made. */
  readonly noSeal: readonly string[];
  /** Scored again from seals and reports alone. */
  readonly record: SealRecord;
  readonly faults: readonly SealFault[];
}

export interface SealHashing {
  /** SHA-256 of the octets of `previous`, in hexadecimal, and of a text; in hexadecimal. */
  readonly hash: (previous: string, text: string) => string;
}

/**
 * Rebuilds every entry from what it says and compares it octet for octet; throws nothing, whatever the file holds. Where the
 * file ends, only a kept `head` can tell.
 */
export function verifySeals(
  text: string,
  { hash }: SealHashing,
  kept: string | null = null,
): SealVerdict {
  const lines = text.split("\n");
  const faults: SealFault[] = [];
  const head = read(fileHead, lines[0] ?? "");
  const sayOfFile = (sentence: string) => faults.push({ line: 1, week: null, sentence });
  if (!head) sayOfFile("This is no file of sealed forecasts: its first line says something else.");
  if (lines.at(-1) !== "") sayOfFile("The file ends within a line.");
  const { entries, seals, found } = readEntries(lines.slice(1, -1), hash);
  faults.push(...found);
  const end = entries.at(-1)?.hash ?? null;
  if (head && (head.entries !== entries.length || head.head !== end)) {
    sayOfFile(
      `It should end with entry ${head.entries}, ${head.head ?? "none"}: entries are missing, changed or were added.`,
    );
  }
  if (kept !== null && !entries.some((entry) => entry.hash.startsWith(kept))) {
    sayOfFile("No entry has the hash that was kept.");
  }
  const weeks = [...seals.keys()];
  return {
    ok: faults.length === 0,
    entries: entries.length,
    seals: seals.size,
    replayed: entries.filter(({ isReplayed }) => isReplayed).length,
    head: end,
    noSeal: weeksBetween(weeks, weeks.toSorted().at(-1) ?? "").filter((week) => !seals.has(week)),
    record: recordOf(faults.length === 0 ? firstOutcomes(entries) : []),
    faults,
  };
}

const firstHash = "0".repeat(64);

function readEntries(lines: readonly string[], hash: SealHashing["hash"]) {
  const found: SealFault[] = [];
  const entries: SealEntry[] = [];
  const seals = new Map<string, SealContent>();
  for (const [index, line] of lines.entries()) {
    const entry = read(sealEntry, line);
    const said =
      entry && line === JSON.stringify(entry)
        ? [...chainFaults(entry, entries.at(-1), hash), contentFault(entry, seals)]
        : ["This line is not written as an entry is: it was changed."];
    for (const sentence of said) {
      if (sentence !== null) found.push({ line: index + 2, week: weekIn(line), sentence });
    }
    if (entry) entries.push(entry);
  }
  return { entries, seals, found };
}

function chainFaults(
  entry: SealEntry,
  last: SealEntry | undefined,
  hash: SealHashing["hash"],
): string[] {
  const next = (last?.number ?? 0) + 1;
  const gone = entry.number - next;
  return linesOf(
    gone > 0 &&
      `Before it ${gone === 1 ? "entry" : `${gone} entries from`} ${next} ${gone === 1 ? "is" : "are"} missing.`,
    gone < 0 && `Number ${entry.number} is out of order.`,
    gone === 0 &&
      entry.previous !== (last?.hash ?? firstHash) &&
      "It does not follow the entry before it.",
    hash(entry.previous, sealText(entry)) !== entry.hash && "It was changed: its hash is another.",
    last !== undefined && entry.at < last.at && "It is dated before the entry before it.",
  );
}

/** Null for what is none. */
function read<Schema extends z.ZodType>(schema: Schema, line: string): z.output<Schema> | null {
  try {
    return schema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

const weekIn = (line: string) => /"week":"(\d{4}-\d\d-\d\d)"/.exec(line)?.[1] ?? null;

/** Rebuilt from what it says itself, and an outcome from its seal. */
function contentFault(entry: SealEntry, seals: Map<string, SealContent>): string | null {
  try {
    if (entry.kind === "outcome") return outcomeFault(entry, seals.get(entry.week));
    const seal = readSeal(entry.content);
    if (seals.has(entry.week)) return "This week has a seal already.";
    seals.set(entry.week, seal);
    return sealFault(entry, seal);
  } catch {
    return `The ${entry.kind} cannot be read.`;
  }
}

function sealFault({ week, content, at }: SealEntry, seal: SealContent): string | null {
  if (JSON.stringify(seal) !== content) return "The seal is not written as it was.";
  if (seal.week !== week) return `The seal is about the week of ${formatDate(seal.week)}.`;
  // Before Monday begins anywhere on earth.
  const isLate = Date.parse(at) > parseLocalDate(week) - 14 * hourMs;
  if (isLate) return "It was made after the week began.";
  if (seal.asAt >= week) return "It learnt from the week itself.";
  const { length } = seal.shares;
  const rows = Object.values(seal.counts).map((row) => readSparse(row, length));
  const fits = seal.cells.length === length && rows.every((row) => row !== null);
  return fits ? null : "It does not say the same cells throughout.";
}

function outcomeFault({ week, content }: SealEntry, seal: SealContent | undefined): string | null {
  if (!seal) return "It is the outcome of a week without a seal.";
  const { asAt, came } = readOutcome(content);
  const counts = readSparse(came, seal.shares.length);
  if (!counts) return "It has reports in cells that its seal does not know.";
  const again = outcomeOf(seal, { asAt, came: Uint32Array.from(counts) });
  return JSON.stringify(again) === content && seal.week === week
    ? null
    : "Its score is not what the seal and the reports give.";
}

export function faultWords({ line, week, sentence }: SealFault): string {
  return `Line ${line}${week === null ? "" : `, week of ${formatDate(week)}`}: ${sentence}`;
}

export function noSealWords(week: string): string {
  return `Week of ${formatDate(week)}: no seal.`;
}
