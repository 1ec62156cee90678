import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/** What differs on purpose since the recording that is compared with: in which files and lines, and why. */
export interface Purpose {
  /** Of names such as `embedded/evening/GET-place-plans.txt`. */
  readonly files: RegExp;
  /** Of every line that is gone or new there; all of them where it is left out. */
  readonly lines?: RegExp;
  readonly why: string;
}

export interface Difference {
  readonly file: string;
  /** Lines that are gone with `-` and lines that are new with `+`; what a picture differs by. */
  readonly lines: readonly string[];
}

/** Every file of two recordings that does not say the same, without what differs on purpose. */
export function compare(
  before: string,
  after: string,
  onPurpose: readonly Purpose[] = [],
): Difference[] {
  const [old, now] = [filesIn(before), filesIn(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  return names.flatMap((file) => {
    const lines = difference(old.get(file), now.get(file)).filter(
      (line) => !onPurpose.some((one) => one.files.test(file) && (one.lines?.test(line) ?? true)),
    );
    return lines.length > 0 ? [{ file, lines }] : [];
  });
}

/** Paths by names without the number of their turn, which a call before them shifts. */
function filesIn(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const found = new Map<string, string>();
  for (const path of paths) {
    let name = path.slice(folder.length + 1).replace(/\/\d+-/, "/");
    while (found.has(name)) name = `${name} again`;
    found.set(name, path);
  }
  return found;
}

function difference(before: string | undefined, after: string | undefined): string[] {
  if (!before) return ["+ the whole file"];
  if (!after) return ["- the whole file"];
  const [old, now] = [readFileSync(before), readFileSync(after)];
  if (old.equals(now)) return [];
  return before.endsWith(".png") ? pixels(old, now) : lines(String(old), String(now));
}

/** As often as each line is there on one side alone; a line that only moved is told where nothing else differs. */
function lines(old: string, now: string): string[] {
  const counts = new Map<string, number>();
  for (const line of now.split("\n")) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of old.split("\n")) counts.set(line, (counts.get(line) ?? 0) - 1);
  const found = [...counts].flatMap(([line, count]) =>
    Array.from({ length: Math.abs(count) }, () => `${count > 0 ? "+" : "-"}${line}`),
  );
  return found.length > 0 ? found : ["+ the same lines in another order"];
}

/** Fewer pixels than this are the graphics of another moment: a letter that is smoothed otherwise. */
const fewPixels = 12;

function pixels(old: Buffer, now: Buffer): string[] {
  const [one, other] = [PNG.sync.read(old), PNG.sync.read(now)];
  if (one.width !== other.width || one.height !== other.height) {
    return [`+ ${other.width} x ${other.height} pixels, ${one.width} x ${one.height} before`];
  }
  const count = pixelmatch(one.data, other.data, undefined, one.width, one.height);
  return count > fewPixels ? [`+ ${count} pixels of ${one.width * one.height}`] : [];
}
