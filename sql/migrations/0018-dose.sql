-- Dose: the time that police really spent in a place, as it was logged; what they found is set against it.
-- What was planned is in 0005, and where nobody may be planned in 0004: a log only says what was.

create table patrol_visit (
  id bigint generated always as identity,
  cell bigint not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  unit_count integer not null default 1,
  logged_at timestamptz not null default clock_timestamp(),
  logged_by text not null,
  constraint patrol_visit_id_primary primary key (id),
  constraint patrol_visit_cell_resolution check (((cell >> 52) & 15) = 10),
  constraint patrol_visit_ends_at_after_start check (ends_at > starts_at),
  constraint patrol_visit_length_range check (ends_at - starts_at <= interval '12 hours'),
  constraint patrol_visit_unit_count_range check (unit_count between 1 and 12),
  constraint patrol_visit_cell_once unique (cell, starts_at, ends_at, unit_count)
);
create index patrol_visit_starts_at on patrol_visit (starts_at);
comment on table patrol_visit is
  'A stay of police in a cell as logged. It leaves the server as minutes by cell and day, never by the hour.';
comment on column patrol_visit.unit_count is
  'Units that were there together: the minutes count for each.';

select fence('patrol_visit');
select allow('patrol_visit', 'select', '{sergeant,analyst,operator}');
select allow('patrol_visit', 'insert', '{sergeant,operator}');
select allow('patrol_visit', 'delete', '{sergeant,operator}');
