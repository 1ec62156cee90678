-- Events of a period are found by their start: one that is uncertain may start before the period by
-- the length of its span at most. How long that is, each batch says of its own events, so that a
-- question about a month reads a month and not everything before it.

alter table batch
  add column longest_minutes integer not null default 0,
  add constraint batch_longest_minutes_not_negative check (longest_minutes >= 0);
comment on column batch.longest_minutes is
  'No span of its events is longer; kept by the database itself (event_span_noted).';

-- Whoever owns the tables is fenced out of them too: a bound of 0 for events that are there would hide them.
alter table batch no force row level security;
alter table event no force row level security;
update batch
set longest_minutes = longest.minutes
from (
  select batch_id, ceil(max(extract(epoch from ends_at - starts_at)) / 60)::integer as minutes
  from event
  group by batch_id
) as longest
where longest.batch_id = batch.id;
alter table batch force row level security;
alter table event force row level security;

-- A bound that is too short would hide events without a word, so it is not left to whoever inserts.
create function note_event_span() returns trigger language plpgsql as $$
begin
  update batch
  set longest_minutes = longest.minutes
  from (
    select batch_id, ceil(max(extract(epoch from ends_at - starts_at)) / 60)::integer as minutes
    from written
    group by batch_id
  ) as longest
  where longest.batch_id = batch.id and longest.minutes > batch.longest_minutes;
  return null;
end
$$;
create trigger event_span_noted after insert on event
  referencing new table as written for each statement execute function note_event_span();
create trigger event_span_noted_again after update on event
  referencing new table as written for each statement execute function note_event_span();

-- The bound must not be lowered beneath the events that are there, by no one.
create function keep_longest_span() returns trigger language plpgsql as $$
begin
  if new.longest_minutes < old.longest_minutes then
    raise exception 'the longest span of a batch can only grow'
      using errcode = '23514', constraint = 'batch_longest_minutes_grows', table = 'batch';
  end if;
  return new;
end
$$;
create trigger batch_longest_minutes_grows before update of longest_minutes on batch
  for each row execute function keep_longest_span();

grant select (longest_minutes) on batch to boxster_sergeant, boxster_system, boxster_publisher;
