import { readFile } from "node:fs/promises";
import { z } from "zod";
import {
  faultWords,
  noSealWords,
  type SealVerdict,
  verifySeals,
} from "#core/patrols/seals/file.ts";
import { verdictWords } from "#core/patrols/seals/words.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { action, type Command, CommandError, loneAction } from "#server/cli/command.ts";
import { exportSeals, sealHashing } from "#server/patrols/seals/store.ts";

export const forecastCommand: Command = {
  name: "forecast",
  summary: "Sealed forecasts, and whether they are as sealed",
  options: {
    head: "A hash that was kept, or its first 16 digits or more: an entry must have it",
  },
  words: {
    seals: action({
      audit: { verb: "disclosure", act: "export sealed forecasts", purpose: "assessment" },
      run: async (act) => {
        const { file, ...json } = await exportSeals(act);
        return { json, text: file.trimEnd().split("\n") };
      },
    }),
    verify: loneAction({
      takes: "FILE [--head HASH]",
      reads: z.object({
        file: z.string(),
        head: z
          .string()
          .regex(/^[0-9a-f]{16,64}$/i, "16 to 64 hexadecimal digits")
          .transform((text) => text.toLowerCase())
          .nullable()
          .default(null),
      }),
      alone: async (_context, { file, head }) => {
        const text = await readFile(file, "utf8").catch((cause: unknown) => {
          const detail = `${file} cannot be read. It is the file that "boxster forecast seals" writes.`;
          throw new CommandError(detail, { cause });
        });
        const json = verifySeals(text, sealHashing, head);
        return { json, text: describe(json), exit: json.ok ? 0 : 1 };
      },
    }),
  },
};

function describe(verdict: SealVerdict): string[] {
  const { ok, entries, seals, replayed, faults, noSeal, record, head } = verdict;
  return linesOf(
    ok
      ? `Intact: ${formatQuantity(entries, "entry", "entries")}, ${formatQuantity(seals, "week")} sealed. Every hash and score was worked out again.`
      : "Not as it was sealed.",
    faults.map(faultWords),
    noSeal.map(noSealWords),
    replayed > 0 &&
      `${formatQuantity(replayed, "entry", "entries")} replayed in a demonstration: not sealed before the week, so they prove nothing.`,
    ok && record.shares.map((share) => verdictWords(share, record.weeks)),
    ok && head !== null && `Last hash: ${head}`,
  );
}
