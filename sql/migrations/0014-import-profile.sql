-- Saved ways of reading a file, a history that keeps what was undone, and records of one incident that
-- count once.

create table import_profile (
  id integer generated always as identity,
  name text not null,
  made_by text not null,
  made_at timestamptz not null default now(),
  changed_by text not null,
  changed_at timestamptz not null default now(),
  reading jsonb not null,
  constraint import_profile_id_primary primary key (id),
  constraint import_profile_name_form check (name ~ '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$'),
  constraint import_profile_name_not_ready check (
    lower(name) not in (
      'auto', 'police-uk-street', 'police-uk-stop-search', 'dft-collisions', 'plain',
      'demonstration'
    )
  ),
  constraint import_profile_reading_small check (octet_length(reading::text) <= 65536)
);
create unique index import_profile_name_unique on import_profile (lower(name));
comment on table import_profile is
  'A named way of reading a file: header names and their roles, order of dates, kind, source, and which words stand for which entry of the lists. Never a value that speaks of a person.';

alter table batch
  add column received_sha256 text null,
  add column choices jsonb not null default '{}',
  add column undone_at timestamptz null,
  add column undone_by text null,
  add constraint batch_received_sha256_hex check (received_sha256 ~ '^[0-9a-f]{64}$'),
  add constraint batch_undone_at_by check ((undone_at is null) = (undone_by is null));
comment on column batch.file_sha256 is
  'Of the file as the person has it, before the browser left columns out of it.';
comment on column batch.received_sha256 is 'Of the octets that came here.';
comment on column batch.choices is
  'What was said beside the mapping: kind, source, order of dates, midnights, words.';
comment on column batch.undone_at is
  'When all that the batch brought was taken back; its line stays in the history.';

-- An undone batch stays in the history: only its events go, and only once it is marked so.
drop policy batch_delete_analyst on batch;
drop policy batch_delete_operator on batch;
revoke delete on batch from boxster_analyst, boxster_operator;
grant select (undone_at) on batch to boxster_sergeant, boxster_system, boxster_publisher;
select allow('event', 'delete', '{analyst,operator}',
  'batch_id in (select batch.id from batch where batch.undone_at is not null)');

create table event_match (
  id bigint generated always as identity,
  event_id bigint not null,
  merged_into bigint null,
  person text not null,
  decided_at timestamptz not null default now(),
  constraint event_match_id_primary primary key (id),
  constraint event_match_event_id_unique unique (event_id),
  constraint event_match_event_id_fkey foreign key (event_id) references event (id) on delete cascade,
  constraint event_match_merged_into_fkey
    foreign key (merged_into) references event (id) on delete cascade,
  constraint event_match_merged_into_another check (merged_into <> event_id)
);
create index event_match_merged_into on event_match (merged_into) where merged_into is not null;
comment on table event_match is
  'What an analyst decided of records that bear one reference: merged into another, which counts for both, or left as an event of its own. Goes with either of the two, so that undoing an import brings the other back.';

-- Ranking and planning must not change when all that police discovered is removed (SAFEGUARDS 9): so
-- nothing that was reported may count through a record of theirs.
create function keep_reported_counted() returns trigger language plpgsql as $$
begin
  if exists (
    select from event as merged
    join event as kept on kept.id = new.merged_into
    where merged.id = new.event_id and merged.source <> 'police' and kept.source = 'police'
  ) then
    raise exception 'a report must not count through a record of police'
      using errcode = '23514', constraint = 'event_match_reported_counts', table = 'event_match';
  end if;
  return new;
end
$$;
create trigger event_match_reported_counts before insert or update on event_match
  for each row execute function keep_reported_counted();

select fence(name) from unnest(array['import_profile', 'event_match']) as made (name);
select allow('import_profile', verb, '{analyst,operator}')
from unnest(array['select', 'insert', 'update', 'delete']) as verbs (verb);
select allow('event_match', verb, '{analyst,operator}')
from unnest(array['select', 'insert', 'delete']) as verbs (verb);
-- Whoever counts events must know which count no more.
select allow('event_match', 'select', '{sergeant,publisher,system}', 'true', 'id, event_id, merged_into');

grant select on all sequences in schema public to boxster_operator, boxster_system;
