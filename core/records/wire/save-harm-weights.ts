import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { harmTableReply, harmTablesReply, tableWeights } from "#core/records/wire/harm-weights.ts";
import { faultsOfWords } from "#core/text/free-words.ts";

/*
 * What may be saved. It stands apart from what is read, because names of persons are looked for in its words: a list that
 * the page of Hotspots does without.
 */

/** "Cambridge Crime Harm Index 2020" */
export const harmTableName = z
  .string()
  .trim()
  .superRefine((name, context) => {
    for (const { reason } of faultsOfWords("name", name, { most: 80, isOptional: false })) {
      context.addIssue({ code: "custom", message: reason });
    }
    if (/[\n\r\t]/u.test(name)) context.addIssue({ code: "custom", message: "Use one line." });
  });

/** Where the weights were read: a publication, its year, and where to find it. No weight is kept without. */
export const harmSource = z
  .string()
  .trim()
  .superRefine((source, context) => {
    const faults = faultsOfWords("source", source, { most: 300, isOptional: false });
    for (const { reason } of faults) context.addIssue({ code: "custom", message: reason });
    if (faults.length > 0) return;
    if (/[\n\r\t]/u.test(source)) context.addIssue({ code: "custom", message: "Use one line." });
    if (!/\b(19|20)\d{2}\b/u.test(source) || source.split(/\s+/u).length < 3) {
      context.addIssue({
        code: "custom",
        message: "Give the publication, its year and where to find it.",
      });
    }
  });

/** POST /api/harm-weights: each saving is a new version, and the one in use from then on. */
export const harmTableBody = z.strictObject({
  name: harmTableName,
  source: harmSource,
  weights: tableWeights,
});
export type HarmTableBody = z.infer<typeof harmTableBody>;

export const harmCalls = {
  list: call("GET /api/harm-weights", { reply: harmTablesReply }),
  save: call("POST /api/harm-weights", { body: harmTableBody, reply: harmTableReply }),
};
