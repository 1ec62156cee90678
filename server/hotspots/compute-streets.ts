import { cellAt, eventResolution } from "#core/geo/cell.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import { prepareEvents } from "#core/hotspots/prepare.ts";
import {
  describeStreetTest,
  rankStreets,
  testStreets,
} from "#core/hotspots/streets/rank-streets.ts";
import { countByStreet, streetIndexOfRows } from "#core/hotspots/streets/street-counts.ts";
import { createStreetSet } from "#core/hotspots/streets/street-set.ts";
import {
  addStreetsWords,
  describePlaced,
  describeStreets,
  noStreetsWords,
} from "#core/hotspots/streets/street-words.ts";
import { wholeStreets } from "#core/hotspots/streets/whole-streets.ts";
import type { StreetsQuery, StreetsReply } from "#core/hotspots/wire/streets.ts";
import {
  type StreetGraph,
  segmentClass,
  segmentLine,
  segmentName,
} from "#core/places/streets/graph.ts";
import { segmentNames } from "#core/places/streets/segment-names.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { StreetEvents } from "#core/records/event-street.ts";
import { withTypes } from "#core/records/types.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";
import type { Act, Services } from "#server/acts/services.ts";
import {
  type ChosenTypes,
  filterOfQuery,
  nounOf,
  periodOf,
} from "#server/hotspots/filter-of-query.ts";
import { answerOnce, type KeptReply } from "#server/hotspots/kept-replies.ts";
import { type Places, placesOf, studySet } from "#server/places/places.ts";
import type { OpenStreets } from "#server/places/streets/streets.ts";
import { Problem, sentence } from "#server/problem.ts";
import { loadStreetEvents } from "#server/records/queries/events.ts";

export async function computeStreets(act: Act, query: StreetsQuery): Promise<StreetsReply> {
  return (await findStreets(act, query)).reply;
}

/** JSON rendered once for all who ask; a message where there are no streets. */
export async function renderStreets(act: Act, query: StreetsQuery): Promise<Buffer> {
  if (!(await readableStreets(act))) {
    return Buffer.from(JSON.stringify({ noStreets: noStreetsWords }));
  }
  return (await findStreets(act, query)).body;
}

/** Throws with instructions where there are no streets. */
export async function streetsOrProblem(services: Pick<Services, "streets">): Promise<OpenStreets> {
  const open = await readableStreets(services);
  if (!open) throw new Problem(404, "No streets yet", addStreetsWords);
  return open;
}

function readableStreets({ streets }: Pick<Services, "streets">): Promise<OpenStreets | null> {
  return streets.now().catch((error: unknown) => {
    if (!(error instanceof FileFault)) throw error;
    throw new Problem(409, "The streets cannot be read", sentence(error));
  });
}

async function findStreets(act: Act, query: StreetsQuery): Promise<KeptReply<StreetsReply>> {
  const filter = filterOfQuery(query, act.zone);
  const streets = await streetsOrProblem(act);
  const places = await placesOf(act);
  const area = await studySet(act, query.area);
  const { from, to, measure } = query;
  act.addDetail({ from, to, by: "street", measure, kinds: filter.kinds.join(",") });
  return answerOnce(act, {
    ground: groundOf(streets, places),
    query,
    load: (tx, before, types) => {
      const range = { from: filter.from * minuteMs, to: filter.to * minuteMs, before };
      return loadStreetEvents(
        tx,
        { ...range, ...(types ? { types: types.codes } : {}) },
        streets.network,
      );
    },
    answer: (events, types) =>
      answerOf(
        {
          query,
          filter,
          zone: act.zone,
          streets,
          places,
          area,
          types,
          isDemo: act.asAt.demo,
        },
        events,
      ),
  });
}

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
    total,
    placed,
    clock,
    noun,
    isDemo,
    hours: filter.hours,
    weeks: periodOf(query).days / 7,
    hotSegments: test.hotSegments,
  };
  return {
    studyArea: area.name,
    segments: set.segments.length,
    km: set.totalMetres / 1_000,
    attribution: streets.attribution,
    from: query.from,
    to: query.to,
    kinds: [...filter.kinds],
    sources: [...filter.sources],
    ...(types ? { types: [...types.words] } : {}),
    measure: query.measure,
    total,
    placed,
    elsewhere,
    hourUnknown,
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
      .map(({ street, segment, ...sums }) => ({
        street,
        segment,
        place: names[segment] ?? "",
        ...sums,
      })),
  };
}

const known = new WeakMap<
  StreetGraph,
  { readonly places: Places; readonly names: readonly string[] }
>();

export function namesOfStreets(graph: StreetGraph, places: Places): readonly string[] {
  const found = known.get(graph);
  if (found?.places === places) return found.names;
  const names = segmentNames(graph, (at) => places.nameOf(cellAt(at, eventResolution)));
  known.set(graph, { places, names });
  return names;
}

/** To about a metre, as precise as the map. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
