import { z } from "zod";
import { date, id } from "#core/contract/fields.ts";
import { readStoredContent } from "#core/releases/stored-content.ts";
import { objectionReply, type ReleaseContent, releaseLine } from "#core/releases/wire/releases.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { type Sql, sql } from "#server/db/sql.ts";

const storedRelease = releaseLine.omit({ from: true, to: true }).extend({
  draftId: id,
  content: z.string(),
  areaSet: z.string(),
  /** The hash before it, in hexadecimal. */
  previous: z.string(),
  /** For old releases: texts frozen separately; null for newer ones. */
  beside: z.string().nullable(),
  /** Separate texts of earlier releases, covered by this hash; null without any. */
  besideEarlier: z.string().nullable(),
});
export type StoredRelease = z.infer<typeof storedRelease>;

/** Self-contained: reads nothing elsewhere. */
export function contentOf({
  content,
  beside,
}: Pick<StoredRelease, "content" | "beside">): ReleaseContent {
  return readStoredContent(content, beside);
}

const headColumns = sql`release.number, draft_id, approved_on, encode(hash, 'hex') as hash,
  withdrawn_on, notice as withdrawn_notice`;
const withWithdrawal = sql`from release
  left join release_withdrawal on release_withdrawal.number = release.number`;

const releasesWhere = (condition: Sql, order: Sql) => sql`
  select ${headColumns}, content, area_set, encode(previous, 'hex') as previous, beside,
    case when beside is null then (
      select string_agg(earlier.beside, chr(10) order by earlier.number)
      from release as earlier
      where earlier.number < release.number
    ) end as beside_earlier
  ${withWithdrawal} where ${condition} order by ${order}`;

/** All of them, the first one first, withdrawn ones too. */
export const loadReleases = (tx: Transaction) =>
  tx.rows(storedRelease, releasesWhere(sql`true`, sql`release.number`));

/** By number; null: the newest not withdrawn. */
export function findRelease(tx: Transaction, number: number | null): Promise<StoredRelease | null> {
  const condition =
    number === null ? sql`release_withdrawal.number is null` : sql`release.number = ${number}`;
  return tx.maybe(storedRelease, releasesWhere(condition, sql`release.number desc limit 1`));
}

const releaseHead = releaseLine.extend({ draftId: id });
export type ReleaseHead = z.infer<typeof releaseHead>;

/** All of them, the first one first, withdrawn ones too: the documents stay in the database. */
export const loadReleaseHeads = (tx: Transaction) =>
  tx.rows(
    releaseHead,
    sql`select ${headColumns}, content::json #>> '{months,0}' as from,
        content::json #>> '{months,-1}' as to
      ${withWithdrawal} order by release.number`,
  );

const storedDraft = z.object({
  id,
  content: z.string(),
  afterNumber: z.int(),
  draftedOn: date,
  /** Epoch milliseconds. */
  draftedAt: z.number(),
  /** Null where the caller may not read it. */
  draftedBy: z.string().nullable(),
  isDiscarded: z.boolean(),
});
export type StoredDraft = z.infer<typeof storedDraft>;

/** By role: partners see no names. One number or all waiting, newest first. */
export function loadDrafts(
  tx: Transaction,
  { withNames, draft }: { readonly withNames: boolean; readonly draft?: number },
): Promise<StoredDraft[]> {
  return tx.rows(
    storedDraft,
    sql`select id, content, after_number, drafted_on, drafted_at,
        ${withNames ? sql`drafted_by` : sql`null`} as drafted_by,
        discarded_at is not null as is_discarded
      from release_draft
      where ${draft === undefined ? sql`discarded_at is null` : sql`id = ${draft}`}
      order by id desc`,
  );
}

const storedObjection = objectionReply.omit({ isOwn: true }).extend({
  draftId: id,
  /** Epoch milliseconds. */
  objectedAt: z.number(),
});
export type StoredObjection = z.infer<typeof storedObjection>;

/** Those not taken back, as far as the caller may know of them. */
export const loadObjections = (tx: Transaction, withReasons: boolean) =>
  tx.rows(
    storedObjection,
    sql`select ${columnsOf(storedObjection.omit({ reason: true }))},
        ${withReasons ? sql`reason` : sql`null`} as reason
      from release_objection where lifted_at is null order by id`,
  );
