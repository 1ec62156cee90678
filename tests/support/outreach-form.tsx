import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import type { Here } from "#client/protected-time/outreach/outreach-words.ts";
import { draftOf, draftOfDate, emptyDraft } from "#client/protected-time/session-form/draft.ts";
import {
  type Changed,
  changeDraft,
  type Draft,
  type FieldsPart,
  visitsOf,
  type When,
} from "#client/protected-time/session-form/draft-when.ts";
import { FormFoot } from "#client/protected-time/session-form/FormFoot.tsx";
import { PreviewTimes } from "#client/protected-time/session-form/PreviewTimes.tsx";
import { WhenFields } from "#client/protected-time/session-form/WhenFields.tsx";
import { horizonOf } from "#core/protected-time/protected.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { addDays } from "#core/time/zone.ts";
import { at, london } from "#tests/support/outreach.ts";

/** One tap on the form of a session, or one thing typed; days are counted from today. */
export type Act =
  | { readonly kind: "day"; readonly day: number }
  | { readonly kind: "firstDate" | "until"; readonly ahead: number | null }
  | { readonly kind: "start" | "end"; readonly time: string }
  | { readonly kind: "repeats"; readonly repeats: "once" | "weekly" }
  | { readonly kind: "everyWeeks"; readonly weeks: number }
  | { readonly kind: "place"; readonly index: number };

const time = fc.oneof(
  fc.constantFrom("00:00", "00:30", "01:00", "01:30", "02:00", "12:00", "19:00", "22:00", "23:45"),
  fc
    .integer({ min: 0, max: 24 * 12 - 1 })
    .map((at) =>
      [Math.floor(at / 12), (at % 12) * 5].map((two) => `${two}`.padStart(2, "0")).join(":"),
    ),
);
const ahead = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 30 }) },
  { weight: 2, arbitrary: fc.integer({ min: 31, max: 181 }) },
  { weight: 1, arbitrary: fc.constantFrom(-1, -2, -9, null) },
);
export const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("day" as const),
      day: fc.integer({ min: 1, max: 7 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("firstDate" as const, "until" as const), ahead }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("start" as const, "end" as const), time }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("repeats" as const),
      repeats: fc.constantFrom("weekly" as const, "weekly" as const, "once" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("everyWeeks" as const),
      weeks: fc.oneof(fc.constantFrom(1, 2), fc.integer({ min: 1, max: 8 })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("place" as const),
      index: fc.integer({ min: 0, max: 2 }),
    }),
  },
);
export const acts = fc.array(act, { maxLength: 14 });

/** What the form is opened on: nothing, a session to change, or one date of it to move. */
export interface Opening {
  readonly kind: "add" | "change" | "date";
  /** How the session that is changed was entered itself. */
  readonly before: readonly Act[];
  /** Which of its next dates are cancelled before it is changed. */
  readonly cancelled: readonly number[];
  /** Which of its next dates is moved. */
  readonly moved: number;
}

export const opening: fc.Arbitrary<Opening> = fc.record({
  kind: fc.constantFrom("add", "add", "change", "change", "date"),
  before: acts,
  cancelled: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }),
  moved: fc.integer({ min: 0, max: 5 }),
});

/** Around the clock changes, the turn of a year, midnight, and on a plain day. */
export const moments = [
  "2021-11-26T12:00",
  "2021-10-29T23:10",
  "2022-03-25T08:00",
  "2022-03-27T00:40",
  "2021-12-30T18:05",
  "2021-10-31T01:20",
] as const;

export function hereOf(moment: string): Here {
  const now = at(moment);
  return { zone: london, now, today: london.dateOf(now), lastDay: london.dateOf(horizonOf(now)) };
}

/** The form as it opens. */
export function openForm(
  { moved, date }: Changed,
  here: Here,
  places: readonly SavedPlaceReply[],
): Draft {
  if (moved === null) return emptyDraft(here.today, places);
  return date === null ? draftOf(moved, here.today, places) : draftOfDate(moved, date, places);
}

/** Plays on the reducer that the form itself uses; what the form does not offer just then is not tapped. */
export function play(
  start: Draft,
  given: {
    readonly acts: readonly Act[];
    readonly here: Here;
    readonly places: readonly SavedPlaceReply[];
    readonly isOneDate: boolean;
  },
): Draft {
  const { here, places, isOneDate } = given;
  return given.acts.reduce((draft, one) => {
    const isWeekly = draft.repeats === "weekly";
    if (["day", "until", "everyWeeks"].includes(one.kind) && !isWeekly) return draft;
    if (one.kind === "repeats" && isOneDate) return draft;
    if (one.kind === "day") return changeDraft(draft, one);
    return changeDraft(draft, { kind: "fields", part: partOf(one, { here, places }) });
  }, start);
}

function partOf(
  one: Exclude<Act, { kind: "day" }>,
  { here, places }: { readonly here: Here; readonly places: readonly SavedPlaceReply[] },
): FieldsPart {
  switch (one.kind) {
    case "firstDate":
    case "until":
      return { [one.kind]: one.ahead === null ? "" : addDays(here.today, one.ahead) };
    case "start":
    case "end":
      return { [one.kind]: one.time };
    case "repeats":
      return { repeats: one.repeats };
    case "everyWeeks":
      return { everyWeeks: String(one.weeks) };
    case "place":
      return { placeId: places[one.index]?.id ?? null };
  }
}

/** What a person reads on the form: its controls, the words beside them, and what stands above the button. */
export interface ShownForm {
  readonly repeats: string;
  readonly chips: readonly number[];
  readonly fields: Readonly<Record<string, string>>;
  readonly notes: string;
  readonly sentence: string;
  readonly dates: string;
}

export function readForm(draft: Draft, when: When, here: Here, isOneDate: boolean): ShownForm {
  const html = renderToStaticMarkup(
    <WhenFields
      draft={draft}
      faults={{}}
      isOneDate={isOneDate}
      here={here}
      usual={[]}
      onChange={() => undefined}
    />,
  );
  const foot = renderToStaticMarkup(
    <FormFoot draft={draft} faults={{}} date={null} when={when} here={here} />,
  );
  const chips = [...html.matchAll(/<label class="chip[^>]*><input type="checkbox"([^>]*)\/>/g)];
  const inputs = [...html.matchAll(/<label[^>]*>([^<]+)<\/label><input ([^>]*)\/>/g)];
  const selected = /<label[^>]*>Every<\/label><select.*?<option value="(\d)" selected/.exec(html);
  const radio = [...html.matchAll(/<input type="radio"[^>]*>/g)].find(([tag]) =>
    tag.includes("checked"),
  );
  return {
    repeats: isOneDate ? "once" : (/value="(\w+)"/.exec(radio?.[0] ?? "")?.[1] ?? ""),
    chips: chips.flatMap(([, rest = ""], index) => (rest.includes("checked") ? [index + 1] : [])),
    fields: {
      ...Object.fromEntries(
        inputs.map(([, label = "", rest = ""]) => [label, /value="([^"]*)"/.exec(rest)?.[1] ?? ""]),
      ),
      Every: selected?.[1] ?? "",
    },
    notes: textOf(html),
    sentence: textOf(/<strong>(.*?)<\/strong>/.exec(foot)?.[1] ?? ""),
    dates: textOf(/<span class="quiet">(.*?)<\/span>/.exec(foot)?.[1] ?? ""),
  };
}

/** The times of the preview, one a line, and the line under them. */
export function readPreview(when: When, here: Here) {
  const html = renderToStaticMarkup(<PreviewTimes here={here} visits={visitsOf(here, when)} />);
  return {
    spans: [...html.matchAll(/<span class="preview__when[^"]*">(.*?)<\/span>/g)].map(
      ([, text = ""]) => textOf(text),
    ),
    more: textOf(/<p class="quiet">(.*?)<\/p>/.exec(html)?.[1] ?? ""),
  };
}

function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&#x27;", "'")
    .trim();
}
