import { z } from "zod";
import { objectionHours } from "#core/releases/waiting.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";
import { formatDate } from "#core/time/words.ts";
import { formatInstant } from "#core/time/zone.ts";
import { action, type Command, CommandError, UsageError } from "#server/cli/command.ts";
import { checkReleases } from "#server/releases/check.ts";
import { approveRelease } from "#server/releases/decide.ts";
import { draftRelease } from "#server/releases/draft.ts";
import { readDraft, readReleases } from "#server/releases/list.ts";
import { publicRelease } from "#server/releases/serve.ts";

const purpose = "public_information";

/** "release-3", "draft-3", or a bare number of the command's own kind. */
const numberOf = (usual: "release" | "draft") =>
  z.string().transform((word) => {
    const read = /^(?:(release|draft)-)?([1-9]\d{0,8})$/u.exec(word);
    if (read === null) {
      throw new UsageError(`"${word}" names no ${usual}: give its number, or ${usual}-1.`);
    }
    return { kind: read[1] ?? usual, number: Number(read[2]) };
  });

const draft = numberOf("draft").transform(({ kind, number }) => {
  if (kind === "draft") return number;
  throw new CommandError(
    `release-${number} is already a release. For drafts: boxster release list.`,
  );
});

/** "You said|we did|next|2022-01-31" */
const commitment = z.string().transform((line) => {
  const [said = "", did = "", next = "", by = "", ...rest] = line.split("|");
  if (rest.length > 0 || !/^\d{4}-\d{2}-\d{2}$/u.test(by.trim())) {
    throw new UsageError(`--commitment "${line.slice(0, 60)}": give SAID|DID|NEXT|DATE.`);
  }
  return { said, did, next, by: by.trim() };
});

export const releaseCommand: Command = {
  name: "release",
  summary: "Public figures: draft, check, approve and export them",
  options: {
    from: "first month, YYYY-MM (default: a year before the last)",
    to: "last month, YYYY-MM (default: the latest that can be public)",
    commitment: "SAID|DID|NEXT|DATE, once for each",
    hash: "of the draft that was read, as export DRAFT gives it",
  },
  words: {
    list: action({
      audit: { verb: "consultation", act: "list releases", purpose },
      run: async (act) => {
        const reply = await readReleases(act);
        return {
          json: reply,
          text: [
            ...reply.drafts.map(
              ({ id, draftedOn, approvableFrom, months, objections, isStale }) =>
                `draft-${id}: ${months[0]} to ${months.at(-1)}, drafted on ${formatDate(draftedOn)}${approvableFrom === null ? "" : `, can be approved from ${formatInstant(act.zone, Date.parse(approvableFrom))}`}${objections.length > 0 ? ", held by an objection" : ""}${isStale ? ", older than the latest release" : ""}`,
            ),
            ...reply.releases.map(
              ({ number, from, to, approvedOn, hash, withdrawn }) =>
                `release-${number}: ${from} to ${to}, approved on ${formatDate(approvedOn)}, ${hash.slice(0, 12)}${withdrawn === null ? "" : `, withdrawn: ${withdrawn.notice}`}`,
            ),
          ],
        };
      },
    }),
    create: action({
      takes: "[--from MONTH --to MONTH] [--commitment SAID|DID|NEXT|DATE]...",
      audit: { verb: "combination", act: "draft a release", purpose },
      reads: z.object({
        from: z.string().optional(),
        to: z.string().optional(),
        commitment: z.array(commitment).default([]),
      }),
      run: async (act, { from, to, commitment: commitments }) => {
        const { id, content } = await draftRelease(act, { from, to, commitments });
        const [first, last] = [content.months[0], content.months.at(-1)];
        const wait = `, in ${objectionHours / 24} days at the earliest, after partners have read it`;
        return {
          json: { ...draftDocument(id, content), draft: id },
          text: [
            `Draft ${id} created: ${first} to ${last}. A second person must approve it${act.asAt.demo ? "" : wait}.`,
          ],
        };
      },
    }),
    check: action({
      audit: { verb: "consultation", act: "check the releases", purpose: "oversight" },
      run: async (act) => {
        const reply = await checkReleases(act);
        const text = reply.ok ? [soundWords(reply.releases)] : reply.faults;
        return { json: reply, text, exit: reply.ok ? 0 : 1 };
      },
    }),
    approve: action({
      takes: "DRAFT [--hash HASH]",
      audit: { verb: "disclosure", act: "approve a release", purpose },
      reads: z.object({ draft, hash: z.string().nullable().default(null) }),
      run: async (act, { draft: draftId, hash }) => {
        const made = await approveRelease(act, draftId, hash);
        return {
          json: { id: `release-${made.number}`, ...made },
          text: [`Draft ${draftId} is release ${made.number}, ${made.hash}.`],
        };
      },
    }),
    export: action({
      takes: "ID",
      audit: { verb: "disclosure", act: "export a release", purpose },
      reads: z.object({ id: numberOf("release") }),
      run: async (act, { id: { kind, number } }) => {
        if (kind === "draft") {
          const { draft: read, content } = await readDraft(act, number);
          const { json, text } = exported(draftDocument(number, content));
          const hash = read.contentHash;
          return { json: { ...json, hash }, text: [...text, hash] };
        }
        act.addDetail({ release: number });
        const { release, ...approval } = await publicRelease(act.db, number);
        const state = approval.withdrawn ? "withdrawn" : "approved";
        return exported({ ...release, ...approval, state });
      },
    }),
  },
};

function soundWords(releases: number): string {
  if (releases === 0) return "No releases yet.";
  return releases === 1
    ? "The only release is unchanged since approval and reveals nothing more."
    : `All ${releases} releases are unchanged since approval, and together reveal nothing more.`;
}

function draftDocument(id: number, content: ReleaseContent) {
  return { id: `draft-${id}`, ...content, state: "draft" };
}

function exported(
  document: Pick<ReleaseContent, "months" | "values" | "notes"> & {
    readonly id: string;
    readonly state: string;
  },
) {
  const { id, months, values, notes } = document;
  const shown = values.filter(({ count }) => count !== null).length;
  return {
    json: document,
    text: [
      `${id}: ${months[0]} to ${months.at(-1)}, ${shown} of ${values.length} figures shown. --json writes them all.`,
      ...notes,
    ],
  };
}
