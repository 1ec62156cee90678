-- Watching: looks for clusters of reports around running operations, and the alerts that came of them.

create table watch_look (
  id bigint generated always as identity,
  operation_id integer not null,
  as_at date not null,
  events_version text not null,
  question text not null,
  looked_at timestamptz not null,
  answer text not null,
  reports integer not null,
  left_out integer not null,
  last_report_on date null,
  unseen text[] not null,
  strongest_p float8 null,
  level float8 not null,
  looks_per_year integer not null,
  replicates integer not null,
  seed integer not null,
  constraint watch_look_id_primary primary key (id),
  constraint watch_look_operation_id_fkey foreign key (operation_id)
    references operation (operation_id) on delete cascade,
  constraint watch_look_question_once unique (operation_id, as_at, events_version, question),
  constraint watch_look_answer_known check (answer in ('too_few', 'nothing', 'found')),
  constraint watch_look_reports_not_negative check (reports >= 0 and left_out >= 0),
  constraint watch_look_level_share check (level > 0 and level < 1),
  constraint watch_look_strongest_p_share check (strongest_p > 0 and strongest_p <= 1)
);
create index watch_look_latest on watch_look (operation_id, id);
comment on table watch_look is
  'Each time that the surroundings of an operation were looked at for clusters of reports: over what, and with what answer. Equal as-at date, events and question are looked at once.';
comment on column watch_look.events_version is 'server/queries/events-version.ts; changes with every import and undo.';
comment on column watch_look.question is 'A hash of the treated cells and of the settings.';
comment on column watch_look.unseen is 'Neighbours beyond whose line nothing was recorded in the days looked at.';

create table alert (
  id integer generated always as identity,
  operation_id integer not null,
  state text not null default 'open',
  place text not null,
  neighbour text null,
  beyond integer not null,
  first_day date not null,
  last_day date not null,
  observed integer not null,
  residents integer not null,
  expected float8 not null,
  p float8 not null,
  looks_per_year integer not null,
  replicates integer not null,
  seed integer not null,
  radius_m float8 not null,
  cells bigint[] not null,
  cell_reports integer[] not null,
  raised_on date not null,
  raised_at timestamptz not null,
  seen_on date not null,
  seen_at timestamptz not null,
  handed_neighbour text null,
  handed_role text null,
  constraint alert_id_primary primary key (id),
  constraint alert_operation_id_fkey foreign key (operation_id)
    references operation (operation_id) on delete cascade,
  constraint alert_state_known check (state in ('open', 'acknowledged', 'handed_over', 'closed')),
  constraint alert_place_some check (place = btrim(place) and length(place) between 1 and 200),
  constraint alert_last_day_order check (last_day >= first_day and seen_on >= raised_on),
  constraint alert_observed_counts check (
    observed >= 2 and residents between 0 and observed and beyond between 0 and observed
  ),
  constraint alert_expected_less check (expected > 0 and expected < observed),
  constraint alert_p_share check (p > 0 and p <= 1),
  constraint alert_cells_paired check (
    cardinality(cells) > 0 and cardinality(cells) = cardinality(cell_reports)
  ),
  constraint alert_handed_role_known
    check (handed_role in ('outreach', 'liaison', 'neighbourhood_team')),
  constraint alert_handed_neighbour_whom
    check ((handed_neighbour is null) = (handed_role is null)),
  constraint alert_handed_over_whom check (state <> 'handed_over' or handed_role is not null)
);
create index alert_operation on alert (operation_id, id);
comment on table alert is
  'Reports that came together beside a treated area and go on: what was seen, and what became of it. Reckoned from reports alone, never from what is protected or patrolled. Brought up to date while the cluster goes on.';
comment on column alert.neighbour is 'The edge in whose zone most of it lies, by its neighbour.';
comment on column alert.handed_role is 'Whom of handed_neighbour it was handed to, by role.';
comment on column alert.beyond is 'Of the observed reports those beyond that line.';
comment on column alert.residents is 'Of the observed reports those by residents; the others are by partners and stay in the command.';
comment on column alert.cell_reports is 'Reports in each of the cells; together they are the observed ones.';
comment on column alert.raised_on is 'The as-at date of the look that it came of.';
comment on column alert.seen_on is 'The as-at date of the last look that saw it.';

create table alert_act (
  id bigint generated always as identity,
  alert_id integer not null,
  act text not null,
  acted_on date not null,
  acted_at timestamptz not null,
  acted_by text not null,
  words text null,
  handed_neighbour text null,
  handed_role text null,
  first_day date null,
  last_day date null,
  observed integer null,
  expected float8 null,
  p float8 null,
  constraint alert_act_id_primary primary key (id),
  constraint alert_act_alert_id_fkey foreign key (alert_id) references alert (id) on delete cascade,
  constraint alert_act_act_known
    check (act in ('raised', 'seen_again', 'acknowledged', 'handed_over', 'closed')),
  constraint alert_act_words_length check (words = btrim(words) and length(words) between 1 and 300),
  constraint alert_act_words_said check (act in ('raised', 'seen_again') or words is not null),
  constraint alert_act_handed_over_whom
    check ((act = 'handed_over') = (handed_role is not null and handed_neighbour is not null)),
  constraint alert_act_figures_seen
    check ((act in ('raised', 'seen_again')) = (observed is not null))
);
create index alert_act_alert on alert_act (alert_id, id);
comment on table alert_act is
  'The history of an alert: when it was raised and seen again with other figures, and who decided what about it, in their words.';

select fence(name) from unnest(array['watch_look', 'alert', 'alert_act']) as watched (name);
select allow(name, verb, '{system}')
from unnest(array['watch_look', 'alert', 'alert_act']) as watched (name),
  unnest(array['select', 'insert']) as verbs (verb);
select allow('alert', 'update', '{system}');
select allow(name, 'select', '{sergeant,analyst,operator}')
from unnest(array['watch_look', 'alert', 'alert_act']) as watched (name);
select allow('alert', 'update', '{sergeant,analyst}', 'true', 'state, handed_neighbour, handed_role');
select allow('alert_act', 'insert', '{sergeant,analyst}',
  'act in (''acknowledged'', ''handed_over'', ''closed'') and acted_by = (select acting_person())');

create trigger watch_look_announced after insert on watch_look
  for each statement execute function announce();
create trigger alert_announced after insert or update or delete on alert
  for each statement execute function announce();
-- The watch looks again when a batch has come in or was taken back, and when an operation is another,
-- whichever process did it.
create trigger batch_announced after insert or update on batch
  for each statement execute function announce();
create trigger operation_watched after insert or update or delete on operation
  for each statement execute function announce();

-- An alert that nobody has looked at goes with an operation made by mistake; one about which somebody decided keeps it.
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
create trigger operation_alerts_kept before delete on operation
  for each row execute function keep_decided_alerts();
