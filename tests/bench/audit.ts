import { mostAuditPersons } from "#core/accounts/wire/audit.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { findAuditRows, personsInChain } from "#server/accounts/audit/list.ts";
import { verifyChain } from "#server/accounts/audit/verify.ts";
import { type Database, ownerActor, withOptions } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { snapshotFile } from "#server/db/open.ts";
import {
  type BenchContext,
  type BenchLine,
  milliseconds,
  notAsked,
  timeOnce,
} from "#tests/bench/timing.ts";
import { anEntry, aSergeant } from "#tests/support/audit.ts";
import { openTestDatabase } from "#tests/support/database.ts";

const requests = 400;
const clients = 50;
const longChain = 1_000_000;

/** What a line costs a request, one after the other and fifty at once, and how a long chain is searched and verified. */
export async function benchAudit({ say }: BenchContext): Promise<BenchLine[]> {
  const lines: BenchLine[] = [];
  const embedded = await openEmbedded({ folder: null, snapshot: await snapshotFile(say) });
  try {
    await migrate(embedded);
    lines.push(...(await benchLines(embedded, say)));
    lines.push(...(await benchLongChain(embedded, say)));
  } finally {
    await embedded.close();
  }
  const url = process.env["TEST_DATABASE_URL"];
  if (url === undefined) return lines;
  const { db, drop } = await openTestDatabase("postgres");
  try {
    lines.push(...(await benchLines(db, say)));
    lines.push(...(await benchLongChain(db, say)));
  } finally {
    await drop();
  }
  return lines;
}

async function benchLines(db: Database, say: (line: string) => void): Promise<BenchLine[]> {
  const made: BenchLine[] = [];
  const plain = () =>
    db.transaction(aSergeant, (tx) => tx.query("select count(*)::int as n from operation"));
  const noted = () =>
    db.transaction(aSergeant, async (tx) => {
      await tx.query("select count(*)::int as n from operation");
      await appendAudit(tx, aSergeant, anEntry);
    });
  for (const at of [1, clients]) {
    say(`Audit on ${db.engine}: ${requests} requests, ${at} at once...`);
    const without = await perRequest(at, plain);
    const withLine = await perRequest(at, noted);
    made.push({
      work: `a line of the audit chain, ${at} at once (${db.engine})`,
      measured: `${milliseconds(withLine - without)} more a request`,
      beside: `${milliseconds(without)} without`,
      ratio: (withLine / without).toFixed(2),
      figure: notAsked(withLine - without, "ms"),
    });
  }
  return made;
}

/** Milliseconds of the clock that each request adds, with so many under way. */
async function perRequest(at: number, request: () => Promise<unknown>): Promise<number> {
  for (let run = 0; run < 20; run += 1) await request();
  const whole = await timeOnce(() =>
    Promise.all(
      Array.from({ length: at }, async () => {
        for (let run = 0; run < requests / at; run += 1) await request();
      }),
    ),
  );
  return whole / requests;
}

async function benchLongChain(db: Database, say: (line: string) => void): Promise<BenchLine[]> {
  say(`Audit on ${db.engine}: a chain of ${longChain} rows...`);
  await fillLongChain(db);
  const auditor = { person: "an auditor", role: "auditor", partner: null } as const;
  const day = Date.UTC(2024, 0, 2);
  const questions: Readonly<Record<string, Parameters<typeof findAuditRows>[1]>> = {
    "the newest page": {},
    "a page of one old day": { from: day, to: day + 86_400_000 },
    "a page of one person": { person: "person 17" },
    "a page of refusals": { outcome: "refused" },
    "a page of a rare verb": { verb: "erasure" },
    "a page of nothing": { person: "person 17", verb: "erasure", purpose: "oversight" },
  };
  const lines: BenchLine[] = [];
  for (const [work, filter] of Object.entries(questions)) {
    const ask = () => db.transaction(auditor, (tx) => findAuditRows(tx, filter, 51));
    await ask();
    const took = await timeOnce(ask);
    lines.push({
      work: `${work} of 1,000,000 acts (${db.engine})`,
      measured: milliseconds(took),
      beside: "",
      ratio: "",
      figure: notAsked(took, "ms"),
    });
  }
  const who = () => db.transaction(auditor, (tx) => personsInChain(tx, mostAuditPersons));
  await who();
  const named = await timeOnce(who);
  lines.push({
    work: `the names in 1,000,000 acts (${db.engine})`,
    measured: milliseconds(named),
    beside: "",
    ratio: "",
    figure: notAsked(named, "ms"),
  });
  const verified = await timeOnce(() => verifyChain(db, auditor));
  lines.push({
    work: `verifying 1,000,000 rows (${db.engine})`,
    measured: milliseconds(verified),
    beside: `${milliseconds(verified / (longChain / 1_000))} a thousand`,
    ratio: "",
    figure: notAsked(verified, "ms"),
  });
  return lines;
}

/** Not through the trigger, which would take an hour: rows alike in shape, without right hashes. */
async function fillLongChain(db: Database): Promise<void> {
  await withOptions(db, { long: true }).transaction(ownerActor, async (tx) => {
    await tx.query("alter table audit disable trigger audit_chained");
    await tx.query("alter table audit disable trigger audit_append_only");
    await tx.query("delete from audit");
    await tx.query(
      `insert into audit (
         id, at, person, role, verb, act, purpose, outcome, detail, previous, hash
       )
       select
         n, timestamptz '2024-01-01Z' + n * interval '1 minute', 'person ' || n % 40, 'sergeant',
         case when n % 5000 = 0 then 'erasure' else 'consultation' end, 'read events',
         'problem_solving', case when n % 500 = 0 then 'refused' else 'done' end,
         '{"from": "2021-10-01", "rows": 214}',
         sha256(convert_to((n - 1)::text, 'UTF8')), sha256(convert_to(n::text, 'UTF8'))
       from generate_series(1, $1::int) as made (n)`,
      [longChain],
    );
    await tx.query("analyze audit");
  });
}
