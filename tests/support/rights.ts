/**
 * Who may do what to which table, written a second time by hand: r read, i insert, u update,
 * d delete. Whoever is not named has no right at all. Compared with the catalogue on both engines, so
 * that a right that is lost and one that is gained both fail a test.
 */
export const rights: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  migration: { system: "r" },
  setting: { system: "riu", operator: "riu", admin: "riu", auditor: "r", gate: "r" },
  // The row policies of its kinds are in tests/database/import-boundaries.db.test.ts.
  area: { ...publicMap(), analyst: "riud" },
  boundary_set: { analyst: "rid", operator: "rid", system: "rd" },
  place_layer: { sergeant: "r", analyst: "rid", operator: "rid" },
  place_feature: { sergeant: "r", analyst: "ri", operator: "ri" },
  batch_quality: { sergeant: "r", analyst: "ri", operator: "ri" },
  edge_line: { ...publicMap(), analyst: "rid" },
  road: publicMap(),
  named_place: publicMap(),
  batch: {
    analyst: "riu",
    operator: "riu",
    sergeant: "r",
    system: "r",
    publisher: "r",
  },
  import_profile: { analyst: "riud", operator: "riud" },
  event: { analyst: "riud", operator: "riud", sergeant: "r", publisher: "r", system: "rd" },
  event_match: {
    analyst: "rid",
    operator: "rid",
    sergeant: "r",
    publisher: "r",
    system: "r",
  },
  gazetteer: { analyst: "rid", operator: "rid", system: "r" },
  gazetteer_name: { analyst: "ri", operator: "ri", system: "r" },
  event_removal: {
    system: "riud",
    analyst: "r",
    auditor: "r",
    admin: "r",
    operator: "r",
    sergeant: "r",
    publisher: "r",
  },
  partner: {
    partner: "ru",
    keeper: "ru",
    system: "r",
    coordinator: "r",
    auditor: "r",
    admin: "ri",
    operator: "riu",
    gate: "r",
  },
  calendar_report: { partner: "ri", operator: "ri", keeper: "rd", coordinator: "r" },
  calendar_reminder: { partner: "r", coordinator: "riu", auditor: "r", keeper: "rd" },
  objection: { partner: "ri", coordinator: "ru", auditor: "r", keeper: "rd", system: "rd" },
  second_word: { partner: "riu", operator: "ri", keeper: "r" },
  saved_place: { partner: "riud", operator: "ri", keeper: "rud", system: "rd" },
  outreach_session: { partner: "riu", operator: "riud", keeper: "rud", system: "rud" },
  session_exception: { partner: "rid", operator: "rid", keeper: "r", system: "rd" },
  session_notice: { partner: "r", keeper: "riu", system: "rd" },
  police_came: { partner: "rid", keeper: "ru", system: "rd" },
  police_attended: { sergeant: "rid", keeper: "r", system: "rd" },
  kept_clear: { keeper: "riu", partner: "r" },
  occupancy: { keeper: "riud" },
  patrol_plan: plans("riud"),
  patrol_window: plans("riu"),
  patrol_stop: { ...plans("riud"), keeper: "r" },
  patrol_visit: { sergeant: "rid", analyst: "r", operator: "rid" },
  patrol_change: { sergeant: "ri", operator: "ri" },
  patrol_debrief: { sergeant: "rid", operator: "r" },
  patrol_outcome: { sergeant: "rid", operator: "r" },
  staffing_duty: { sergeant: "rid", operator: "rid" },
  staffing_task: { sergeant: "rid", operator: "rid" },
  staffing_core: { sergeant: "rid", operator: "rid" },
  control_draw: { sergeant: "r", analyst: "r", auditor: "r", keeper: "ri" },
  control_day: { analyst: "r", auditor: "r", keeper: "ri" },
  operation: { sergeant: "riud", analyst: "riud", publisher: "r", operator: "riud" },
  operation_cell: { sergeant: "rid", analyst: "rid", publisher: "r", operator: "rid" },
  operation_phase: { sergeant: "rid", analyst: "rid", publisher: "r", operator: "rid" },
  // What was, and what left, is added to and never changed.
  operation_revision: { sergeant: "ri", analyst: "ri", operator: "ri" },
  operation_report: { sergeant: "ri", analyst: "ri", operator: "ri" },
  watch_look: { sergeant: "r", analyst: "r", operator: "r", system: "ri" },
  alert: { sergeant: "ru", analyst: "ru", operator: "r", system: "riu" },
  alert_act: { sergeant: "ri", analyst: "ri", operator: "r", system: "ri" },
  tally: { sergeant: "r", analyst: "riu", auditor: "r", operator: "riu", system: "r" },
  tally_change: { sergeant: "r", analyst: "ri", auditor: "r", operator: "ri" },
  lawful_basis: { sergeant: "r", analyst: "r", admin: "ri", auditor: "r", operator: "r" },
  // A partner its own alone: tests/api/tallies.api.test.ts.
  partner_tally: { partner: "ri", keeper: "rd" },
  // The rows are each person's own and what others share: tests/api/saved-views.api.test.ts.
  saved_view: { sergeant: "riud", analyst: "riud" },
  account: { gate: "ru", admin: "riu", operator: "riu", auditor: "r" },
  partner_device: { gate: "riud", admin: "rd", operator: "rd", auditor: "r" },
  device_link: { gate: "riud", admin: "rd", operator: "rd" },
  sign_in: { gate: "riud" },
  sign_in_failure: { gate: "riud" },
  audit: {
    clerk: "ri",
    auditor: "r",
    operator: "r",
    sergeant: "r",
    analyst: "r",
    partner: "r",
    coordinator: "r",
    presenter: "r",
    liaison: "r",
    admin: "r",
  },
  // What a liaison reads and writes is its own neighbour's: tests/database/exchange.db.test.ts.
  neighbour_agreement: { sergeant: "r", analyst: "ri", operator: "ri", liaison: "r" },
  edge_figure: { publisher: "ri" },
  neighbour_total: { sergeant: "r", analyst: "r", operator: "ri", liaison: "ri" },
  handover: { sergeant: "riu", analyst: "riu", liaison: "ru" },
  neighbour_question: { keeper: "riu" },
  comparison_key: { keeper: "ri" },
  // A partner reads its own objections alone: tests/database/release.db.test.ts.
  release_draft: {
    analyst: "riu",
    operator: "riu",
    auditor: "r",
    coordinator: "r",
    partner: "r",
  },
  release_objection: {
    partner: "riu",
    coordinator: "riu",
    operator: "riu",
    analyst: "r",
    auditor: "r",
    keeper: "rd",
  },
  release: { auditor: "ri", operator: "ri", analyst: "r", public: "r" },
  release_withdrawal: { analyst: "ri", auditor: "ri", operator: "ri", public: "r" },
  footprint_viewer: { keeper: "rid", system: "rd" },
  footprint_view: { keeper: "riud", partner: "r", system: "rd" },
};

function publicMap() {
  const readers = [
    "sergeant",
    "analyst",
    "partner",
    "coordinator",
    "presenter",
    "liaison",
    "admin",
  ];
  const more = ["auditor", "publisher", "keeper"];
  const read = Object.fromEntries([...readers, ...more].map((role) => [role, "r"]));
  return { ...read, system: "riud", operator: "riud" };
}

function plans(written: string) {
  return {
    sergeant: written,
    operator: written,
    analyst: "r",
    auditor: "r",
    keeper: "ru",
  };
}
