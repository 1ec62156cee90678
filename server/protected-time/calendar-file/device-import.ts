import type { z } from "zod";
import type {
  CalendarImportReply,
  calendarImportBody,
} from "#core/protected-time/wire/outreach.ts";
import { Problem } from "#server/problem.ts";
import type { Own } from "#server/protected-time/as-partner.ts";
import {
  type AppliedImport,
  applyImport,
} from "#server/protected-time/calendar-file/apply-import.ts";
import type { ImportPlan } from "#server/protected-time/calendar-file/plan-import.ts";
import { loadSavedPlaces } from "#server/protected-time/queries/places-saved.ts";

type Given = z.output<typeof calendarImportBody>;

/**
 * Closes what a partner's own device read of a calendar file, by the rules of an import here: what is
 * unchanged stays, what changed or was called off ends under the 24 hour rule, what the file leaves
 * out stays closed.
 */
export async function importFromDevice(own: Own, given: Given): Promise<CalendarImportReply> {
  const { tx, partnerId } = own;
  const places = new Map((await loadSavedPlaces(tx, partnerId)).map((one) => [one.key, one]));
  const placeOf = (key: string) => {
    const place = places.get(key);
    if (place) return place;
    throw new Problem(404, "Calendar not saved", "One of its places is none of your saved places.");
  };
  const plan: ImportPlan = {
    entries: given.entries.map(({ key, sessions }) => ({
      uidHash: key,
      occurrences: 0,
      sessions: sessions.map(({ placeId, rule, except }) => ({
        place: placeOf(placeId),
        rule,
        except,
      })),
    })),
    // Which ones, and why, was said on the device: here it counts that there are some.
    rejected: Array.from({ length: given.unread }, () => ({ line: 0, reason: "" })),
    isCutOff: given.isCutOff,
  };
  const applied = await applyImport(tx, own, { partnerId, plan });
  return { ...applied, sentence: sentenceOf(applied, given.unread) };
}

function sentenceOf({ added, ended, unmentioned }: AppliedImport, unread: number): string {
  const parts = [
    added === 0 ? "Nothing new to close." : `Closed now: ${counted(added, "session")}.`,
    ended === 0 ? "" : `Changed or called off: ${counted(ended, "session")}.`,
    unmentioned === 0
      ? ""
      : `Not in this file, and still closed: ${counted(unmentioned, "session")} of earlier files.`,
    unread === 0
      ? "Your calendar is confirmed as complete."
      : "Until you add what could not be read and confirm, no patrols are suggested.",
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
