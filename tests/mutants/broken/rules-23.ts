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
    find: "return ofOwn ?? (ofAll === null ? null : anotherUnitWords);",
    put: "return ofOwn ?? ofAll;",
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
  {
    safeguard: 23,
    what: "a coordinator reads the taps of police",
    file: "sql/migrations/0023-tonight.sql",
    find: "allow('patrol_stay', 'select', array[role_name], case role_name when 'sergeant' then 'true' else whose end, told)",
    put: "allow('patrol_stay', 'select', array[role_name], 'true', told)",
  },
];
