import { cellAt, eventResolution } from "#core/geo/cell.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import { prepareEvents } from "#core/hotspots/prepare.ts";
import { rankStreets } from "#core/hotspots/streets/rank-streets.ts";
import { countByStreet, streetIndexOfRows } from "#core/hotspots/streets/street-counts.ts";
import { createStreetSet } from "#core/hotspots/streets/street-set.ts";
import {
  addStreetsWords,
  describePlaced,
  describeStreets,
  noStreetsWords,
} from "#core/hotspots/streets/street-words.ts";
import { describeStreetTest, testStreets } from "#core/hotspots/streets/test-streets.ts";
import { wholeStreets } from "#core/hotspots/streets/whole-streets.ts";
import type { StreetsQuery, StreetsReply } from "#core/hotspots/wire/streets.ts";
import {
  type StreetGraph,
  segmentClass,
  segmentLine,
  segmentName,
} from "#core/places/streets/graph.ts";
import { StreetFileFault } from "#core/places/streets/graph-file.ts";
import { segmentNames } from "#core/places/streets/segment-names.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { StreetEvents } from "#core/records/event-street.ts";
import { withTypes } from "#core/records/types.ts";
import type { Actor } from "#core/role.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";
import { type ActServices, knownUntil, type Services } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import {
  type ChosenTypes,
  filterOfQuery,
  nounOf,
  periodOf,
  typesOfQuery,
} from "#server/hotspots/filter-of-query.ts";
import { type KeptReply, readReply } from "#server/hotspots/kept-replies.ts";
import { type Places, placesOf, studySet } from "#server/places/places.ts";
import type { OpenStreets } from "#server/places/streets/streets.ts";
import { Problem } from "#server/problem.ts";
import { loadStreetEvents } from "#server/records/queries/events.ts";
import { readableEventsVersion } from "#server/records/queries/events-version.ts";

/** What `boxster hotspots --by street` prints and `GET /api/hotspots/streets` answers. */
export async function computeStreets(
  services: ActServices,
  actor: Actor,
  query: StreetsQuery,
): Promise<StreetsReply> {
  return (await findStreets(services, actor, query)).reply;
}

/** The same as JSON, rendered once for all who ask it; a line to read where there are no streets. */
export async function renderStreets(
  services: ActServices,
  actor: Actor,
  query: StreetsQuery,
): Promise<Buffer> {
  if (!(await readableStreets(services))) {
    return Buffer.from(JSON.stringify({ noStreets: noStreetsWords }));
  }
  return (await findStreets(services, actor, query)).body;
}

/** The streets of now; whoever needs them and has none reads how to get them. */
export async function streetsOrProblem(services: Pick<Services, "streets">): Promise<OpenStreets> {
  const open = await readableStreets(services);
  if (!open) throw new Problem(404, "No streets yet", addStreetsWords);
  return open;
}

function readableStreets({ streets }: Pick<Services, "streets">): Promise<OpenStreets | null> {
  return streets.now().catch((error: unknown) => {
    if (!(error instanceof StreetFileFault)) throw error;
    throw new Problem(409, "The streets cannot be read", `${capital(error.message)}.`);
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

async function findStreets(
  services: ActServices,
  actor: Actor,
  query: StreetsQuery,
): Promise<KeptReply<StreetsReply>> {
  const { zone } = services;
  const filter = filterOfQuery(query, zone);
  const streets = await streetsOrProblem(services);
  const places = await placesOf(services);
  const area = await studySet(services, query.area);
  const before = Math.floor(knownUntil(services) / minuteMs) * minuteMs;
  const isDemo = services.asAt.demo;
  const { from, to, measure } = query;
  services.addDetail({ from, to, by: "street", measure, kinds: filter.kinds.join(",") });
  return withOptions(services.db, { events: true }).transaction(actor, async (tx) => {
    // Before anything that is kept: it is the database that lets somebody at the events.
    const version = await readableEventsVersion(tx);
    const types = await typesOfQuery(tx, query.types);
    const parts = { query, before, version };
    const kept = await readReply(groundOf(streets, places), parts, () => {
      const range = { from: filter.from * minuteMs, to: filter.to * minuteMs, before };
      const chosen = types ? { types: types.codes } : {};
      const loading = loadStreetEvents(tx, { ...range, ...chosen }, streets.network);
      const read = loading.then(async ({ columns: { length } }) => ({
        events: length,
        isSteady: (await readableEventsVersion(tx)) === version,
      }));
      // What is worked out waits for both, so that no statement comes after the transaction.
      const reply = Promise.all([loading, read]).then(([events]) =>
        answerOf({ query, filter, zone, streets, places, area, types, isDemo }, events),
      );
      return { read, reply };
    });
    const { events } = await kept.read;
    services.addDetail({ events });
    return kept;
  });
}

/** Answers hold for these streets and these places: other ones forget them. */
const grounds = new WeakMap<OpenStreets, WeakMap<Places, object>>();

function groundOf(streets: OpenStreets, places: Places): object {
  const ofStreets = grounds.get(streets) ?? new WeakMap<Places, object>();
  grounds.set(streets, ofStreets);
  const ground = ofStreets.get(places) ?? {};
  ofStreets.set(places, ground);
  return ground;
}

interface Question {
  readonly query: StreetsQuery;
  readonly filter: EventFilter;
  readonly zone: Zone;
  readonly streets: OpenStreets;
  readonly places: Places;
  readonly area: StudySet;
  readonly types: ChosenTypes | null;
  readonly isDemo: boolean;
}

function answerOf(question: Question, events: StreetEvents): StreetsReply {
  const { query, filter, zone, streets, places, area, types, isDemo } = question;
  const { graph } = streets;
  const set = createStreetSet(graph, area);
  const prepared = prepareEvents(events.columns, zone);
  const counted = countByStreet(prepared, streetIndexOfRows(events, set), set, filter);
  const test = testStreets(counted.counts, set);
  const rows = rankStreets(set, counted, test, query.measure);
  const names = namesOfStreets(graph, places);
  const noun = nounOf(filter);
  const { total, placed, elsewhere, hourUnknown, clock } = counted;
  const told = {
    ...{ total, placed, clock, noun, isDemo, hours: filter.hours },
    weeks: periodOf(query).days / 7,
    hotSegments: test.hotSegments,
  };
  return {
    studyArea: area.name,
    segments: set.segments.length,
    km: set.totalMetres / 1_000,
    attribution: streets.source.attribution,
    from: query.from,
    to: query.to,
    kinds: [...filter.kinds],
    sources: [...filter.sources],
    ...(types ? { types: [...types.words] } : {}),
    measure: query.measure,
    ...{ total, placed, elsewhere, hourUnknown },
    test: describeStreetTest(placed, set),
    sentence: withTypes(describeStreets(told), types?.words ?? []),
    note: describePlaced({ total, placed, elsewhere, noun, isDemo }),
    rows: rows.slice(0, query.limit).map((row) => ({
      ...row,
      place: names[row.segment] ?? "",
      street: segmentName(graph, row.segment),
      class: segmentClass(graph, row.segment),
      line: segmentLine(graph, row.segment).map(([lng, lat]) => [rounded(lng), rounded(lat)]),
    })),
    streets: wholeStreets(graph, set, counted)
      .slice(0, query.limit)
      .map(({ name, segments, ...sums }) => ({
        street: name,
        segment: segments[0] ?? -1,
        place: names[segments[0] ?? -1] ?? "",
        segments: segments.length,
        ...sums,
      })),
  };
}

const known = new WeakMap<
  StreetGraph,
  { readonly places: Places; readonly names: readonly string[] }
>();

/** A name for each segment, worked out once for these streets and places. */
export function namesOfStreets(graph: StreetGraph, places: Places): readonly string[] {
  const found = known.get(graph);
  if (found?.places === places) return found.names;
  const names = segmentNames(graph, (at) => places.nameOf(cellAt(at, eventResolution)));
  known.set(graph, { places, names });
  return names;
}

/** About a metre, as much as a map shows. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
