-- Upkeep: events past a set age are erased, a week after an announcement. The tool's own role does it, and cannot read
-- an event's cell or category.

create table event_removal (
  id integer generated always as identity constraint event_removal_id_primary primary key,
  announced_at timestamptz not null,
  due_at timestamptz not null,
  before date not null,
  event_count integer not null constraint event_removal_event_count_positive check (event_count > 0),
  erased_at timestamptz,
  erased_count integer,
  constraint event_removal_due_at_a_week_on check (due_at >= announced_at + interval '168 hours'),
  constraint event_removal_erased_at_after_due check (erased_at >= due_at),
  constraint event_removal_erased_count_present check ((erased_at is null) = (erased_count is null))
);
create unique index event_removal_one_open on event_removal ((true)) where erased_at is null;
comment on table event_removal is
  'Removals of events past their age, announced at least a week before; of what came in before the announcement only.';
comment on column event_removal.before is 'Events that had ended before this London date go.';
select rights('event_removal', $$
  sergeant, publisher: select (id, erased_at);
  analyst, admin, auditor, operator: select;
  system: select, insert, update (erased_at, erased_count), delete $$);

create policy event_delete_announced on event as restrictive for delete to boxster_system
  using (ends_at < (
    select max(before + 1)::timestamptz from event_removal
    where erased_at is null and due_at <= clock_mark_at('erased')
  ));

-- A table's counter tells whether it was ever used (server/db/emptiness.ts). These three are not asked.
grant select on all sequences in schema public to boxster_operator, boxster_system;
revoke select on sequence account_opening_id_seq, position_import_id_seq, sealed_count_id_seq
  from boxster_operator, boxster_system;

-- Later migrations use fence and allow (0001-ground.sql).
drop function rights(text, text);
