-- Displacement: operations and their history, and the watch around them.

-- Operations -------------------------------------------------------------------------------------------------------
-- An operation may change while it runs, so every revision is kept: a printed report names its revision.
create table operation (
  operation_id integer generated always as identity constraint operation_operation_id_pkey primary key,
  name text not null constraint operation_name_key unique constraint operation_name_plain check (name = plain_name(name)),
  starts_on date not null, ends_on date,
  created_at timestamptz not null default now(),
  created_by text not null default coalesce(nullif(current_setting('boxster.person', true), ''), 'unknown'),
  revision integer not null default 1 constraint operation_revision_positive check (revision >= 1),
  treated_by text not null default 'cells',
  treated_name text constraint operation_treated_name_length check (length(treated_name) between 1 and 120),
  control_by text, control_name text,
  changed_at timestamptz not null default now(),
  changed_by text not null default coalesce(nullif(current_setting('boxster.person', true), ''), 'unknown'),
  constraint operation_ends_on_check check (ends_on >= starts_on),
  constraint operation_control_name_length
    check (control_name is null or (length(control_name) between 1 and 120 and control_by is not null)),
  constraint operation_name_check check (name = btrim(name) and length(name) between 1 and 80),
  constraint operation_treated_by_known check (treated_by in ('drawn', 'picked', 'named', 'corridor', 'cells')),
  constraint operation_control_by_known check (control_by in ('drawn', 'picked', 'named', 'corridor', 'cells'))
);
comment on table operation is
  'A response to be assessed: where (operation_cell), from which London date, and, once it ended, its last day.';
comment on column operation.ends_on is 'Last day, inclusive; null while the operation goes on.';
comment on column operation.revision is 'Goes up by one with every change: whoever changes names the one that was read.';
comment on column operation.treated_by is
  'How the treated area was said: drawn, picked cell by cell, a named area, along a street, or as cells of a file.';
comment on column operation.control_by is 'How the control area was said; null while the control is the rest of the command.';
select rights('operation', $$
  sergeant, analyst, operator: select, insert, update, delete;
  publisher: select $$);
create trigger operation_announced after insert or update or delete on operation for each statement execute function announce();
-- The watch looks again when an operation changes, as it does after an import or its undo.
create trigger operation_watched after insert or update or delete on operation for each statement execute function announce();

create table operation_cell (
  operation_id integer not null,
  cell bigint not null,
  part text not null default 'treated' constraint operation_cell_part_known check (part in ('treated', 'control')),
  constraint operation_cell_cell_pkey primary key (operation_id, cell),
  constraint operation_cell_operation_id_fkey
    foreign key (operation_id) references operation (operation_id) on delete cascade
);
comment on table operation_cell is
  'The treated area of an operation, and the control area where one was chosen by hand, as H3 cells at resolution 10.';
select rights('operation_cell', $$
  sergeant, analyst, operator: select, insert, delete;
  publisher: select $$);

create table operation_phase (
  operation_id integer not null,
  name text not null constraint operation_phase_name_plain check (name = plain_name(name)),
  starts_on date not null, ends_on date,
  constraint operation_phase_starts_on_primary primary key (operation_id, starts_on),
  constraint operation_phase_name_unique unique (operation_id, name),
  constraint operation_phase_ends_on_check check (ends_on >= starts_on),
  constraint operation_phase_no_overlap
    exclude using gist (operation_id with =, daterange(starts_on, ends_on, '[]') with &&),
  constraint operation_phase_operation_id_fkey
    foreign key (operation_id) references operation (operation_id) on delete cascade,
  constraint operation_phase_name_form
    check (name = btrim(name) and length(name) between 1 and 40 and name !~ '[[:cntrl:]]')
);
comment on table operation_phase is 'Named parts of an operation, one after the other, each within it.';
comment on column operation_phase.ends_on is 'Last day, inclusive; null: as long as the operation.';
select rights('operation_phase', $$
  sergeant, analyst, operator: select, insert, delete;
  publisher: select $$);
create function check_operation_phases() returns trigger language plpgsql as $$
begin
  if exists (
    select from operation_phase
    join operation on operation.operation_id = operation_phase.operation_id
    where operation.operation_id = new.operation_id
      and (
        operation_phase.starts_on < operation.starts_on
        or coalesce(operation_phase.ends_on, operation_phase.starts_on) > operation.ends_on
      )
  ) then
    raise exception 'a phase lies outside its operation'
      using errcode = '23514', constraint = 'operation_phase_inside', table = 'operation_phase';
  end if;
  return null;
end
$$;
comment on function check_operation_phases() is 'Refuses a phase that begins before its operation or goes on after it.';
create trigger operation_phase_inside after insert or update on operation_phase
  for each row execute function check_operation_phases();
create trigger operation_phase_inside after update of starts_on, ends_on on operation
  for each row execute function check_operation_phases();

create table operation_revision (
  operation_id integer not null, revision integer not null,
  act text not null constraint operation_revision_act_known check (act in ('added', 'changed', 'ended')),
  changed_at timestamptz not null, changed_by text not null,
  name text not null,
  starts_on date not null, ends_on date,
  treated_by text not null, treated_name text,
  treated bigint[] not null,
  control_by text, control_name text,
  control bigint[] not null,
  phases jsonb not null constraint operation_revision_phases_array check (jsonb_typeof(phases) = 'array'),
  constraint operation_revision_revision_primary primary key (operation_id, revision),
  constraint operation_revision_operation_id_fkey
    foreign key (operation_id) references operation (operation_id) on delete cascade
);
comment on table operation_revision is
  'Every state that an operation had, with who made it so and when. Rows are added and never changed.';
select rights('operation_revision', $$ sergeant, analyst, operator: select, insert $$);

create table operation_report (
  id integer generated always as identity constraint operation_report_id_primary primary key,
  operation_id integer not null, revision integer not null,
  as_at date not null,
  form text not null constraint operation_report_form_known check (form in ('paper', 'csv')),
  issued_at timestamptz not null, issued_by text not null,
  constraint operation_report_revision_fkey
    foreign key (operation_id, revision) references operation_revision (operation_id, revision)
);
create index operation_report_operation_id on operation_report (operation_id, revision);
comment on table operation_report is
  'Assessments that were printed or taken away: of which revision, as at which date, by whom. Never what they said.';
select rights('operation_report', $$ sergeant, analyst, operator: select, insert $$);

-- The watch --------------------------------------------------------------------------------------------------------

create table watch_look (
  id bigint generated always as identity constraint watch_look_id_primary primary key,
  operation_id integer not null,
  as_at date not null,
  events_version text not null,
  question text not null,
  looked_at timestamptz not null,
  answer text not null constraint watch_look_answer_known check (answer in ('too_few', 'nothing', 'found')),
  reports integer not null,
  left_out integer not null,
  last_report_on date,
  unseen text[] not null,
  strongest_p float8 constraint watch_look_strongest_p_share check (strongest_p > 0 and strongest_p <= 1),
  level float8 not null constraint watch_look_level_share check (level > 0 and level < 1),
  looks_per_year integer not null,
  replicates integer not null, seed integer not null,
  constraint watch_look_question_once unique (operation_id, as_at, events_version, question),
  constraint watch_look_reports_not_negative check (reports >= 0 and left_out >= 0),
  constraint watch_look_operation_id_fkey foreign key (operation_id) references operation (operation_id) on delete cascade
);
create index watch_look_latest on watch_look (operation_id, id);
comment on table watch_look is 'Each time that the surroundings of an operation were looked at for clusters of reports: over what, and with what answer. Equal as-at date, events and question are looked at once.';
comment on column watch_look.events_version is 'server/queries/events-version.ts; changes with every import and undo.';
comment on column watch_look.question is 'A hash of the treated cells and of the settings.';
comment on column watch_look.unseen is 'Neighbours beyond whose line nothing was recorded in the days looked at.';
select rights('watch_look', $$
  sergeant, analyst, operator: select;
  system: select, insert $$);
create trigger watch_look_announced after insert on watch_look for each statement execute function announce();

create table alert (
  id integer generated always as identity constraint alert_id_primary primary key,
  operation_id integer not null constraint alert_operation_id_fkey references operation (operation_id) on delete cascade,
  state text not null default 'open',
  place text not null constraint alert_place_some check (place = btrim(place) and length(place) between 1 and 200),
  neighbour text,
  beyond integer not null,
  first_day date not null, last_day date not null,
  observed integer not null,
  residents integer not null,
  expected float8 not null,
  p float8 not null constraint alert_p_share check (p > 0 and p <= 1),
  looks_per_year integer not null,
  replicates integer not null, seed integer not null,
  radius_m float8 not null,
  cells bigint[] not null,
  cell_reports integer[] not null,
  raised_on date not null, raised_at timestamptz not null,
  seen_on date not null, seen_at timestamptz not null,
  handed_neighbour text,
  handed_role text constraint alert_handed_role_known check (handed_role in ('outreach', 'liaison', 'neighbourhood_team')),
  constraint alert_last_day_order check (last_day >= first_day and seen_on >= raised_on),
  constraint alert_observed_counts
    check (observed >= 2 and residents between 0 and observed and beyond between 0 and observed),
  constraint alert_expected_less check (expected > 0 and expected < observed),
  constraint alert_cells_paired check (cardinality(cells) > 0 and cardinality(cells) = cardinality(cell_reports)),
  constraint alert_handed_neighbour_whom check ((handed_neighbour is null) = (handed_role is null)),
  constraint alert_handed_over_whom check (state <> 'handed_over' or handed_role is not null),
  constraint alert_state_known check (state in ('open', 'acknowledged', 'handed_over', 'closed'))
);
create index alert_operation on alert (operation_id, id);
comment on table alert is 'Reports that came together beside a treated area and go on: what was seen, and what became of it. Reckoned from reports alone, never from what is protected or patrolled. Brought up to date while the cluster goes on.';
comment on column alert.neighbour is 'The edge in whose zone most of it lies, by its neighbour.';
comment on column alert.beyond is 'Of the observed reports those beyond that line.';
comment on column alert.residents is 'Of the observed reports those by residents; the others are by partners and stay in the command.';
comment on column alert.cell_reports is 'Reports in each of the cells; together they are the observed ones.';
comment on column alert.raised_on is 'The as-at date of the look that it came of.';
comment on column alert.seen_on is 'The as-at date of the last look that saw it.';
comment on column alert.handed_role is 'Whom of handed_neighbour it was handed to, by role.';
select rights('alert', $$
  sergeant, analyst: select, update (state, handed_neighbour, handed_role);
  operator: select;
  system: select, insert, update $$);
create trigger alert_announced after insert or update or delete on alert for each statement execute function announce();

create table alert_act (
  id bigint generated always as identity constraint alert_act_id_primary primary key,
  alert_id integer not null constraint alert_act_alert_id_fkey references alert (id) on delete cascade,
  act text not null,
  acted_on date not null, acted_at timestamptz not null,
  acted_by text not null,
  words text constraint alert_act_words_length check (words = btrim(words) and length(words) between 1 and 300),
  handed_neighbour text, handed_role text,
  first_day date, last_day date,
  observed integer,
  expected float8,
  p float8,
  constraint alert_act_words_said check (act in ('raised', 'seen_again') or words is not null),
  constraint alert_act_handed_over_whom
    check ((act = 'handed_over') = (handed_role is not null and handed_neighbour is not null)),
  constraint alert_act_figures_seen check ((act in ('raised', 'seen_again')) = (observed is not null)),
  constraint alert_act_act_known check (act in ('raised', 'seen_again', 'acknowledged', 'handed_over', 'closed'))
);
create index alert_act_alert on alert_act (alert_id, id);
comment on table alert_act is 'The history of an alert: when it was raised and seen again with other figures, and who decided what about it, in their words.';
select rights('alert_act', $$
  sergeant, analyst: select;
  sergeant, analyst: insert where act in ('acknowledged', 'handed_over', 'closed') and acted_by = (select acting_person());
  operator: select;
  system: select, insert $$);

-- An operation made by mistake can be deleted with its open alerts, but not once somebody has decided about one.
create function keep_decided_alerts() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if exists (select from alert where operation_id = old.operation_id and state <> 'open') then
    raise exception 'an alert of this operation was decided about'
      using errcode = 'foreign_key_violation', constraint = 'alert_operation_id_fkey', table = 'alert';
  end if;
  return old;
end
$$;
create trigger operation_alerts_kept before delete on operation for each row execute function keep_decided_alerts();
