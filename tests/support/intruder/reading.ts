import { inEnglish } from "#core/releases/presentation/language.ts";
import type { ReleaseDocument } from "#core/releases/wire/release.ts";
import type { PublicForm } from "#tests/support/intruder/public-forms.ts";

/** `resident_complaints b0-w1 2021-08`, or `done LABEL, PERIOD`. */
export type FigureKey = string;

/** What one form says or draws of one count, or of two. */
export type Reading =
  /** As it is written; null: in words that it is not shown. */
  | { readonly what: "figure"; readonly key: FigureKey; readonly written: number | null }
  /** By the colour of an area and the legend beside it; null: no end, or the look of what is not shown. */
  | { readonly what: "class"; readonly key: FigureKey; readonly from: number; readonly to: number }
  /** Height of a bar in hundredths of its chart. */
  | {
      readonly what: "bar";
      readonly key: FigureKey;
      readonly chart: string;
      readonly height: number;
    }
  /** Which stood before which. */
  | { readonly what: "order"; readonly rows: readonly Row[] };

export interface Row {
  readonly key: FigureKey;
  readonly name: string;
}

export function complaintsKey(area: string, month: string): FigureKey {
  return `resident_complaints ${area} ${month}`;
}

export function doneKey(label: string, from: string, to: string): FigureKey {
  return `done ${label}, ${inEnglish.date(from)} to ${inEnglish.date(to)}`;
}

export type Reader = ReturnType<typeof readerOf>;

/** Reads one form bit by bit: what was read is taken out of it, and what is left stays to be looked at. */
export function readerOf(form: PublicForm, release: ReleaseDocument) {
  let rest = form.text;
  const readings: Reading[] = [];
  const ids = new Map(release.areas.map(({ id, name }) => [name, id]));
  const months = new Map(release.months.map((month) => [inEnglish.month(month), month]));
  const idOf = (name: string) => known(ids.get(decoded(name)), name);
  const monthOf = (name: string) => known(months.get(name), name);
  return {
    form,
    readings,
    rest: () => rest,
    idOf,
    monthOf,
    findArea: (name: string) => ids.get(decoded(name)),
    isMonth: (name: string) => months.has(name),
    complaints: (name: string, month: string) => complaintsKey(idOf(name), month),
    figure: (key: FigureKey, words: string) =>
      readings.push({ what: "figure", key, written: writtenIn(words) }),
    /** Reads every place that looks so, and takes it out of what is left, or leaves what `read` returns. */
    take: (look: RegExp, read: (...groups: string[]) => unknown) => {
      rest = rest.replaceAll(look, (...match: unknown[]) => {
        // The place and the whole text stand behind the groups.
        const groups = match.slice(1, -2).map((group) => String(group ?? ""));
        const left = read(...groups);
        return typeof left === "string" ? left : " ";
      });
    },
  };
}

function known<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`A form names "${name}", which the release does not`);
  return value;
}

const blankWords = /^(?:|not shown|no figures yet|Not shown: .*|Fewer than \d+, or withheld)$/;

function writtenIn(words: string): number | null {
  if (blankWords.test(words)) return null;
  const written = Number(words.replaceAll(",", ""));
  if (!Number.isFinite(written)) throw new Error(`"${words}" is no figure`);
  return written;
}

export function decoded(text: string): string {
  return text
    .replaceAll(/&#x([\da-f]+);/gi, (_, code: string) => String.fromCodePoint(Number(`0x${code}`)))
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
