import type { BrokenRule } from "#tests/mutants/broken/broken-rule.ts";

export const rules7: readonly BrokenRule[] = [
  {
    safeguard: 7,
    what: "counts under 10 are shown",
    file: "core/disclosure/rule.ts",
    find: "return count < rule.threshold ? null : rounded(count, rule);",
    put: "return count < 2 ? null : rounded(count, rule);",
  },
  {
    safeguard: 7,
    what: "nothing is withheld to protect another figure",
    file: "core/disclosure/suppress.ts",
    find: "if (isOfSmallest) protectParts(shown, area, parts, view);",
    put: "if (isOfSmallest) continue;",
  },
  {
    safeguard: 7,
    what: "whoever drafted a release approves it",
    file: "sql/migrations/0032-release.sql",
    find: "check (lower(approved_by) <> lower(drafted_by))",
    put: "check (lower(approved_by) <> '')",
  },
  {
    safeguard: 7,
    what: "small counts in words are overlooked",
    file: "core/text/small-counts.ts",
    find: "return found?.[0] ?? null;",
    put: "return found?.[99] ?? null;",
  },
  {
    safeguard: 7,
    what: "a draft can be approved as soon as it is made",
    file: "sql/migrations/0061-frozen-forms.sql",
    find: "interval '72 hours'",
    put: "interval '0 hours'",
  },
  {
    safeguard: 7,
    what: "whoever makes public figures may read the street of an event",
    file: "sql/migrations/0048-event-street.sql",
    find: "grant select (segment, streets) on event to boxster_sergeant;",
    put: "grant select (segment, streets) on event to boxster_sergeant, boxster_publisher;",
  },
  {
    safeguard: 7,
    what: "who hands an alert over says that outreach was told of it",
    file: "sql/migrations/0035-told-by-another.sql",
    find: "create policy handover_update_sergeant on handover for update to boxster_sergeant\n  using (\n    (select acting_person()) is not null\n    and told_outreach_at is null and handed_by <> (select acting_person())",
    put: "create policy handover_update_sergeant on handover for update to boxster_sergeant\n  using (\n    (select acting_person()) is not null\n    and told_outreach_at is null",
  },
  {
    safeguard: 7,
    what: "a figure of an edge is made again for a difference of five",
    file: "core/neighbours/edge-figure.ts",
    find: "apart(rangeOf(before.shown), rangeOf(shown)) >= tenFiveRule.threshold",
    put: "apart(rangeOf(before.shown), rangeOf(shown)) >= 5",
  },
  {
    safeguard: 7,
    what: "complaints of an area that lies in an edge as a whole are counted there too",
    file: "core/neighbours/public-parts.ts",
    find: "if (area !== undefined && leftOut.has(area)) continue;",
    put: 'if (area === "" && leftOut.has(area)) continue;',
  },
  {
    safeguard: 7,
    what: "two operations say what the same reports carry",
    file: "core/releases/panel/sayable.ts",
    find: "left.set(key, of(key) - taken)",
    put: "left.set(key, of(key))",
  },
  {
    safeguard: 7,
    what: "what a sensitive breakdown leaves over may be small",
    file: "core/outcomes/tally-check.ts",
    find: "left > 0 && left < tenFiveRule.threshold",
    put: "left > 0 && left < 0",
  },
  {
    safeguard: 7,
    what: "a report says that there was none",
    file: "core/displacement/report-table.ts",
    find: "return count < leastReportedCount ? null : count;",
    put: "return count < leastReportedCount && count > 0 ? null : count;",
  },
  {
    safeguard: 7,
    what: "what somebody typed is a formula in a spreadsheet",
    file: "core/releases/file/csv.ts",
    find: "String(value) : defuse(value)",
    put: "String(value) : String(value)",
  },
  {
    safeguard: 7,
    what: "what somebody typed is markup in the file of a release",
    file: "core/releases/file/markup.ts",
    find: '    .replaceAll("<", "&lt;")\n',
    put: "",
  },
  {
    safeguard: 7,
    what: "stages of the funnel are shown however near they are",
    file: "core/outcomes/public-tallies.ts",
    find: "figures.set(measure, isFar ? figure : null);",
    put: "figures.set(measure, isFar || figure !== 0 ? figure : null);",
  },
  {
    safeguard: 7,
    what: "figures of one measure may overlap",
    file: "core/outcomes/public-tallies.ts",
    find: "if (!taken.some((other) => overlaps(other, period))) taken.push(period);",
    put: "if (!taken.some((other) => isSamePeriod(other, period))) taken.push(period);",
  },
  {
    safeguard: 7,
    what: "an interval is said of few reports",
    file: "core/releases/answers.ts",
    find: 'sayable === "interval" && [...treated, ...control].every((count) => count >= fewestForInterval)',
    put: 'sayable === "interval" || treated.length > 99',
  },
  {
    safeguard: 7,
    what: "a month that was laid before the partners is counted again",
    file: "core/place-plans/meeting/pack.ts",
    find: "count: stood.has(month) ? (stood.get(month) ?? null) : count,",
    put: "count,",
  },
  {
    safeguard: 22,
    what: "a release's banner is read from the operations of today",
    file: "server/releases/serve.ts",
    find: "    if (found === null) throw await notThere(tx, number);\n    await refuseUnlessWhole(tx, found);\n    return replyOf(found);",
    put: `    if (found === null) throw await notThere(tx, number);
    await refuseUnlessWhole(tx, found);
    const reply = replyOf(found);
    const publisher = { person: "publisher", role: "publisher", partner: null } as const;
    const today = await db.transaction(
      publisher,
      (own) => own.query<{ name: string }>("select name from operation order by name"),
      { beside: true },
    );
    const movedNotes = today.map(({ name }) => ({
      operation: name,
      text: "Reports fell in the streets of the operation but rose near a boundary: the problem may have moved.",
      basis: "Counted today.",
    }));
    return { ...reply, release: { ...reply.release, movedNotes } };`,
  },
  {
    safeguard: 22,
    what: "a draft without its notes and licence lines becomes a release",
    file: "sql/migrations/0061-frozen-forms.sql",
    find: "draft.content::json -> 'movedNotes' is null or draft.content::json -> 'sources' is null",
    put: "draft.content::json -> 'months' is null or draft.content::json -> 'months' is null",
  },
];
