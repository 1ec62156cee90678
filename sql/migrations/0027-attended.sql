-- Police who answered an emergency in a place: never asked for, never blocked, never delayed. It lies outside
-- `occupancy` and its constraint, and takes no lock. A session that it touches was not kept clear.

create table police_attended (
  id bigint generated always as identity,
  key uuid not null default gen_random_uuid(),
  cell bigint not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  logged_at timestamptz not null,
  logged_by text not null,
  constraint police_attended_id_primary primary key (id),
  constraint police_attended_key_unique unique (key),
  constraint police_attended_cell_resolution check (((cell >> 52) & 15) = 10),
  constraint police_attended_ends_at_after_start check (ends_at > starts_at),
  constraint police_attended_length_range check (ends_at - starts_at <= interval '12 hours')
);
create index police_attended_ends_at on police_attended (ends_at);
comment on table police_attended is
  'Where police attended an emergency, as they logged it: a cell and a time, and nothing of whom or why. Partners read the time where it touched a session of theirs; police never read whether it did.';

select fence('police_attended');
select allow('police_attended', verb, '{sergeant}')
from unnest(array['select', 'insert', 'delete']) as verbs (verb);
select allow('police_attended', 'select', '{keeper}');
select allow('police_attended', 'select', '{system}', 'true', 'id, ends_at');
select allow('police_attended', 'delete', '{system}');

create trigger police_attended_announced after insert or delete on police_attended
  for each statement execute function announce();
