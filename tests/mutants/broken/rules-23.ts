import type { BrokenRule } from "#tests/mutants/broken/broken-rule.ts";

export const rules23: readonly BrokenRule[] = [
  {
    safeguard: 23,
    what: "a patrol of wardens occupies nothing",
    file: "server/patrols/queries/patrol-windows.ts",
    find: "      windows.map((window) => ({ ...window, cells: windowCells(window) })),",
    put: "      windows.map((window) => ({\n        ...window,\n        cells: window.patrolPartner ? [] : windowCells(window),\n      })),",
  },
  {
    safeguard: 23,
    what: "the database shows a coordinator the patrols of police",
    file: "sql/migrations/0015-wardens.sql",
    find: "select allow('patrol_window', 'select', '{warden}', 'patrol_partner = (select acting_partner())',",
    put: "select allow('patrol_window', 'select', '{warden}', 'true',",
  },
  {
    safeguard: 23,
    what: "a coordinator is told why another unit is in the way",
    file: "server/patrols/refused-change.ts",
    find: "(conflictOf(wide) === null ? null : anotherUnitWords)",
    put: "conflictOf(wide)",
  },
  {
    safeguard: 23,
    what: "a coordinator is judged beside police to the minute",
    file: "server/patrols/refused-change.ts",
    find: "const half = roundingMinutes * minuteMs;",
    put: "const half = minuteMs;",
  },
  {
    safeguard: 23,
    what: "units of patrol partners are numbers of police",
    file: "core/patrols/wire/unit.ts",
    find: "partner * perPartner + number",
    put: "0 * partner + number",
  },
  {
    safeguard: 23,
    what: "the database takes a unit of anybody",
    file: "sql/migrations/0021-own-units.sql",
    find: "  add constraint patrol_window_unit_of_its_own\n    foreign key (patrol_partner, unit_hundred) references patrol_partner (code, number) match full;",
    put: "  add constraint patrol_window_unit_of_its_own\n    foreign key (patrol_partner) references patrol_partner (code);",
  },
  {
    safeguard: 23,
    what: "patrols of wardens are judged by the shifts of police",
    file: "core/patrols/plan/judge.ts",
    find: "if (!window.patrolPartner) return shifts;",
    put: "if (shifts.length > 0) return shifts;",
  },
  {
    safeguard: 23,
    what: "hours that are over are changed by whoever sends them",
    file: "server/patrols/staffing.ts",
    find: "if (standing(before) === standing(after)) return;",
    put: "if (standing(before) !== standing(after)) return;",
  },
  {
    safeguard: 23,
    what: "wardens are planned outside their area",
    file: "core/patrols/ground/squad.ts",
    find: "squad?.cells?.has(cell) ?? true;",
    put: "squad?.cells === undefined || cell !== undefined;",
  },
  {
    safeguard: 23,
    what: "a coordinator's confirmation is not heard",
    file: "server/protected-time/police-notices.ts",
    find: "where notice_id = session_notice.id and window_ids <> '{}'\n    union all",
    put: "where false and notice_id = session_notice.id\n    union all",
  },
];
