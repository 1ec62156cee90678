-- What is erased when: sessions 14 days after they end, leaving only whether they were kept clear; events
-- past the set age, announced a week before; who looked at footprints, after 90 days.

create table kept_clear (
  partner_id bigint not null,
  kept boolean not null,
  visits integer not null,
  constraint kept_clear_kept_primary primary key (partner_id, kept),
  constraint kept_clear_visits_not_negative check (visits >= 0),
  constraint kept_clear_partner_id_fkey foreign key (partner_id)
    references partner (id) on delete cascade
);
comment on table kept_clear is
  'All that is left of sessions that were erased: how many visits of a partner were kept clear and how many were not. No place, no day, no time.';

alter table outreach_session add column recorded_until timestamptz;
comment on column outreach_session.recorded_until is
  'Visits whose protected time ended by then are in kept_clear, and nothing else of them is left.';

create table event_removal (
  id integer generated always as identity,
  announced_at timestamptz not null,
  due_at timestamptz not null,
  before date not null,
  event_count integer not null,
  erased_at timestamptz,
  erased_count integer,
  constraint event_removal_id_primary primary key (id),
  constraint event_removal_due_at_a_week_on check (due_at >= announced_at + interval '168 hours'),
  constraint event_removal_erased_at_after_due check (erased_at >= due_at),
  constraint event_removal_erased_count_present
    check ((erased_at is null) = (erased_count is null)),
  constraint event_removal_event_count_positive check (event_count > 0)
);
create unique index event_removal_one_open on event_removal ((true)) where erased_at is null;
comment on table event_removal is
  'Removals of events past their age, announced at least a week before; of what came in before the announcement only.';
comment on column event_removal.before is 'Events that had ended before this London date go.';

select fence(name) from unnest(array['kept_clear', 'event_removal']) as made (name);

select allow('kept_clear', verb, '{keeper}')
from unnest(array['select', 'insert', 'update']) as verbs (verb);
select allow('kept_clear', 'select', '{partner}', 'partner_id = (select own_partner())');

-- The tool itself erases: it counts and names what goes, and reads nothing of what was in it.
select allow('event_removal', 'select', '{analyst,auditor,admin,operator,system}');
select allow('event_removal', 'select', '{sergeant,publisher}', 'true', 'id, erased_at');
select allow('event_removal', verb, '{system}') from unnest(array['insert', 'delete']) as verbs (verb);
select allow('event_removal', 'update', '{system}', 'true', 'erased_at, erased_count');
select allow('event', 'select', '{system}', 'true', 'id, batch_id, kind, ends_at');
select allow('event', 'delete', '{system}');
grant select (imported_at) on batch to boxster_system;

select allow('outreach_session', 'select', '{system}', 'true', 'id, recorded_until');
select allow('outreach_session', 'update', '{system}', 'true', 'recorded_until');
select allow('session_exception', 'select', '{system}', 'true', 'session_id, occurs_on');
select allow('police_came', 'select', '{system}', 'true', 'session_id, occurs_on');
select allow('session_notice', 'select', '{system}', 'true', 'id, told_at');
select allow('footprint_view', 'select', '{system}', 'true', 'partner_id, day, alias');
select allow('footprint_viewer', 'select', '{system}', 'true', 'partner_id, alias');
select allow(name, 'delete', '{system}')
from unnest(array[
  'outreach_session', 'session_exception', 'police_came', 'session_notice',
  'footprint_view', 'footprint_viewer'
]) as passing (name);
