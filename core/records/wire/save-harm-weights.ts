import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { harmTableReply, harmTablesReply, tableWeights } from "#core/records/wire/harm-weights.ts";
import { faultsOfWords } from "#core/text/free-words.ts";

/*
 * What may be saved. It stands apart from what is read, because names of persons are looked for in its words: a list that
 * the page of Hotspots does without.
 */

function oneLine(field: string, most: number) {
  return z
    .string()
    .trim()
    .superRefine((words, context) => {
      for (const { reason } of faultsOfWords(field, words, { most, isOptional: false })) {
        context.addIssue({ code: "custom", message: reason });
      }
      if (/[\n\r\t]/u.test(words)) context.addIssue({ code: "custom", message: "Use one line." });
    });
}

/** POST /api/harm-weights: each saving is a new version, and the one in use from then on. */
export const harmTableBody = z.strictObject({
  /** "Cambridge Crime Harm Index 2020" */
  name: oneLine("name", 80),
  /** Where the weights were read; none is kept without. */
  source: oneLine("source", 300).refine(
    (words) => /\b(19|20)\d{2}\b/u.test(words) && words.split(/\s+/u).length >= 3,
    "Give the publication, its year and where to find it.",
  ),
  weights: tableWeights,
});
export type HarmTableBody = z.infer<typeof harmTableBody>;

export const harmCalls = {
  list: call("GET /api/harm-weights", { reply: harmTablesReply }),
  save: call("POST /api/harm-weights", { body: harmTableBody, reply: harmTableReply }),
};
