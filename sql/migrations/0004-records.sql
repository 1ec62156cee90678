-- Records: imports and the events that they brought.

-- Batches ----------------------------------------------------------------------------------------------------------
-- An undone batch stays in the history: only its events are deleted, and only once it is marked as undone. A month in
-- which most rows had no place counts as unknown, not as quiet.
create table batch (
  id integer generated always as identity constraint batch_id_primary primary key,
  person text not null,
  imported_at timestamptz not null default now(),
  file_name text not null,
  file_sha256 text constraint batch_file_sha256_hex check (file_sha256 ~ '^[0-9a-f]{64}$'),
  profile text not null,
  mapping jsonb not null default '{}',
  key_id text,
  row_count integer not null default 0,
  accepted integer not null default 0,
  rejected integer not null default 0,
  duplicates integer not null default 0,
  received_sha256 text constraint batch_received_sha256_hex check (received_sha256 ~ '^[0-9a-f]{64}$'),
  choices jsonb not null default '{}',
  undone_at timestamptz, undone_by text,
  outside_count integer,
  longest_minutes integer not null default 0 constraint batch_longest_minutes_not_negative check (longest_minutes >= 0),
  months jsonb not null default '[]',
  constraint batch_row_count_adds_up check (accepted + rejected + duplicates = row_count),
  constraint batch_counts_not_negative check (accepted >= 0 and rejected >= 0 and duplicates >= 0),
  constraint batch_undone_at_by check ((undone_at is null) = (undone_by is null)),
  constraint batch_outside_count_in_rejected check (outside_count between 0 and rejected)
);
comment on table batch is 'One import: who brought what, when, read how, and how every row of the file ended.';
comment on column batch.file_sha256 is 'Of the file as the person has it, before the browser left columns out of it.';
comment on column batch.mapping is 'Role to column header; headers only, never a value of the file.';
comment on column batch.key_id is 'Which key made the duplicate keys of this batch; the key itself is a file in the data folder.';
comment on column batch.received_sha256 is 'Of the octets that came here.';
comment on column batch.choices is 'What was said beside the mapping: kind, source, order of dates, midnights, words.';
comment on column batch.undone_at is 'When all that the batch brought was taken back; its line stays in the history.';
comment on column batch.outside_count is 'Refused rows that lay outside the area of the command; null where nobody counted.';
comment on column batch.longest_minutes is 'No span of its events is longer; kept by the database itself (event_span_noted).';
comment on column batch.months is 'Rows of the file by kind and local month, and how many had no place; empty where nobody counted.';
select rights('batch', $$
  sergeant: select (id, imported_at, profile, row_count, undone_at, outside_count, longest_minutes, months);
  analyst, operator: select, insert, update;
  system: select (id, imported_at, profile, undone_at, longest_minutes, months);
  publisher: select (id, profile, undone_at, longest_minutes, months) $$);
create trigger batch_announced after insert or update on batch for each statement execute function announce();

-- Only the import sees exact points, which are not stored. These are counts, never a place.
create table batch_quality (
  batch_id integer not null constraint batch_quality_batch_id_fkey references batch (id) on delete cascade,
  kind text not null,
  source text not null,
  events integer not null,
  points integer not null,
  repeated integer not null,
  snapped integer not null,
  constraint batch_quality_batch_id_primary primary key (batch_id, kind, source),
  constraint batch_quality_counts_in_order
    check (points > 0 and points <= events and snapped between 0 and repeated and repeated <= events)
);
comment on table batch_quality is 'Per batch, kind and source: at how many exact points its rows lay, and how many shared one.';
comment on column batch_quality.snapped is 'Rows that share their point beyond what chance brings among fifty addresses in a cell.';
select rights('batch_quality', $$
  sergeant: select;
  analyst, operator: select, insert $$);

create table import_profile (
  id integer generated always as identity constraint import_profile_id_primary primary key,
  name text not null constraint import_profile_name_form check (name ~ '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$'),
  made_by text not null,
  made_at timestamptz not null default now(),
  changed_by text not null,
  changed_at timestamptz not null default now(),
  reading jsonb not null constraint import_profile_reading_small check (octet_length(reading::text) <= 65536),
  constraint import_profile_name_not_ready check (lower(name) not in (
    'auto', 'police-uk-street', 'police-uk-stop-search', 'dft-collisions', 'plain', 'demonstration'
  ))
);
create unique index import_profile_name_unique on import_profile (lower(name));
comment on table import_profile is 'A named way of reading a file: header names and their roles, order of dates, kind, source, and which words stand for which entry of the lists. Never a value that speaks of a person.';
select rights('import_profile', $$ analyst, operator: select, insert, update, delete $$);

-- Events -----------------------------------------------------------------------------------------------------------

-- The source's own word for an event, beside the category it maps to. For filters and display only; the publisher, who
-- makes public figures, cannot read it.
create table event_type (
  code smallint not null constraint event_type_code_primary primary key,
  profile text not null,
  word text not null constraint event_type_word_short check (length(word) between 1 and 40),
  constraint event_type_profile_word_unique unique (profile, word),
  -- Each profile has 64 codes of its own, so it cannot have more words.
  constraint event_type_code_of_profile check (
    case profile
      when 'police-uk-street' then code between 1 and 64
      when 'police-uk-stop-search' then code between 65 and 128
      when 'dft-collisions' then code between 129 and 192
      when 'plain' then code between 193 and 256
      else false
    end
  )
);
comment on table event_type is
  'Words for what happened as sources write them, at most 64 a profile; none that no event has outlives an undo.';
comment on column event_type.word is 'An entry of a list, which passed the guard of personal data; never free text.';
select rights('event_type', $$
  sergeant: select;
  analyst, operator: select, insert, delete;
  system: select, delete $$);

-- Triggers (below) take the place of foreign keys for batch and type. The segment is the nearest street at import, at
-- most 30 m away, as a number in one street graph, whose hash is kept with it. Public figures use neither: the
-- publisher cannot read them.
create table event (
  id bigint generated always as identity constraint event_id_primary primary key,
  batch_id integer not null,
  cell bigint not null,
  kind text not null constraint event_kind_known check (kind in ('sighting', 'complaint', 'arrest', 'stop_search')),
  source text not null constraint event_source_known check (source in ('resident', 'partner', 'police')),
  category text not null,
  starts_at timestamptz not null, ends_at timestamptz not null,
  ward text,
  reference text,
  duplicate_key bytea constraint event_duplicate_key_unique unique,
  placed_by text not null default 'point',
  type_code smallint,
  segment integer constraint event_segment_not_negative check (segment >= 0),
  streets bytea constraint event_streets_length check (octet_length(streets) = 8),
  -- Bits 52 to 55 of an H3 index hold its resolution.
  constraint event_cell_resolution check (((cell >> 52) & 15) = 10),
  constraint event_source_discovered check (kind not in ('arrest', 'stop_search') or source = 'police'),
  constraint event_ends_at_after_start check (ends_at >= starts_at),
  constraint event_segment_of_streets check ((segment is null) = (streets is null)),
  -- Words about a place lead to a cell, and the middle of a cell lies on no street.
  constraint event_segment_by_point check (segment is null or placed_by = 'point'),
  constraint event_category_known
    check (category in ('kerb_crawling', 'street_sex_work', 'asb', 'litter_needles', 'traffic', 'other')),
  constraint event_placed_by_known check (placed_by in ('point', 'grid_100m', 'postcode', 'street', 'street_in_borough'))
);
create index event_starts_at_ends_at on event (starts_at, ends_at);
create index event_batch_id on event (batch_id);
create index event_batch_placed_by on event (batch_id, placed_by) where placed_by <> 'point';
comment on table event is 'One thing that happened at a cell and a time span; the exact point is not kept.';
comment on column event.ends_at is 'Later than starts_at when the time is uncertain: the event happened somewhere in between.';
comment on column event.ward is 'Code of the ward that held the point at import; null when no ward set was there yet.';
comment on column event.reference is
  'Opaque reference to the force''s own record, for the analyst alone; not indexed, so not searchable.';
comment on column event.duplicate_key is
  'Keyed HMAC of the source''s id, or of content and ordinal; a plain hash would give the point back.';
comment on column event.placed_by is
  'How its cell was found: from a point, or from a square, a postcode or a street name that is less exact.';
comment on column event.type_code is 'The source''s own word for it; null where the source has none, or none that its list knows.';
comment on column event.segment is
  'Number of the street segment nearest to its point at import; null without a point, or with no street within 30 m.';
comment on column event.streets is
  'First octets of the SHA-256 of the graph that the segment is a number of; another graph has other numbers.';
-- Only the analyst reads the force's own reference. A ward that is removed or redrawn is taken off its events, which
-- then count by cell. The operator may give demonstration events the streets that are added later.
select rights('event', $$
  sergeant: select (id, batch_id, cell, kind, source, category, starts_at, ends_at, ward, type_code, segment, streets);
  analyst: select, insert, update (ward);
  analyst: delete where batch_id in (select batch.id from batch where batch.undone_at is not null);
  operator: select, insert, update (ward, segment, streets);
  operator: delete where batch_id in (select batch.id from batch where batch.undone_at is not null);
  system: select (id, batch_id, kind, source, starts_at, ends_at, type_code), delete;
  publisher: select (id, cell, kind, source, category, starts_at, ends_at, ward) where source in ('resident', 'partner') $$);

-- Events of a period are found by their start, and an uncertain one may start earlier, by the length of its span. Each
-- batch holds its longest span, so that a query for a month reads little more than a month. Too short a bound would
-- silently hide events, so the database maintains it and nobody can lower it.
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

-- In place of foreign keys: batch and type are looked up once a statement. Once a row took half the time of an import.
-- The batch and type are locked until the transaction ends, as by a foreign key; deleting a batch deletes its events,
-- and a type in use cannot be deleted. The copier owns these functions, because the writer may not see all rows.
create function hold_event_references() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  named integer;
begin
  for named in select distinct batch_id from written order by batch_id loop
    perform from batch where id = named for key share;
    if not found then
      raise exception 'there is no batch % for an event', named
        using errcode = '23503', constraint = 'event_batch_id_fkey', table = 'event';
    end if;
  end loop;
  for named in
    select distinct type_code from written where type_code is not null order by type_code
  loop
    perform from event_type where code = named for key share;
    if not found then
      raise exception 'there is no type % for an event', named
        using errcode = '23503', constraint = 'event_type_code_fkey', table = 'event';
    end if;
  end loop;
  return null;
end
$$;
-- An older snapshot would miss rows that others have written since; a foreign key would see them.
create function refuse_old_snapshot() returns void language plpgsql as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'batches and types are taken away in a transaction that is read committed'
      using errcode = '0A000';
  end if;
end
$$;
create function take_events_of_batch() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if exists (select from gone) then
    perform refuse_old_snapshot();
    delete from event where batch_id in (select id from gone);
  end if;
  return null;
end
$$;
create function keep_batch_of_events() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if not exists (select id from gone except select id from batch) then
      return null;
    end if;
    perform refuse_old_snapshot();
  end if;
  if exists (select from event where not exists (select from batch where batch.id = event.batch_id)) then
    raise exception 'an event names this batch'
      using errcode = '23503', constraint = 'event_batch_id_fkey', table = 'event';
  end if;
  return null;
end
$$;
create function keep_type_of_events() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if tg_op <> 'TRUNCATE' then
    if not exists (select code from gone except select code from event_type) then
      return null;
    end if;
    perform refuse_old_snapshot();
  end if;
  if exists (
    select from event
    where type_code is not null
      and not exists (select from event_type where event_type.code = event.type_code)
  ) then
    raise exception 'an event has this type'
      using errcode = '23503', constraint = 'event_type_code_fkey', table = 'event';
  end if;
  return null;
end
$$;
create trigger event_references_held after insert on event
  referencing new table as written for each statement execute function hold_event_references();
create trigger event_references_held_again after update on event
  referencing new table as written for each statement execute function hold_event_references();
create trigger batch_takes_its_events after delete on batch
  referencing old table as gone for each statement execute function take_events_of_batch();
create trigger batch_of_events_kept after update on batch
  referencing old table as gone for each statement execute function keep_batch_of_events();
create trigger batch_of_events_kept_whole after truncate on batch for each statement execute function keep_batch_of_events();
create trigger event_type_of_events_kept after delete on event_type
  referencing old table as gone for each statement execute function keep_type_of_events();
create trigger event_type_of_events_kept_again after update on event_type
  referencing old table as gone for each statement execute function keep_type_of_events();
create trigger event_type_of_events_kept_whole after truncate on event_type
  for each statement execute function keep_type_of_events();

-- After the triggers: whoever creates a trigger must be able to execute its function.
revoke execute on function
  hold_event_references(), take_events_of_batch(), keep_batch_of_events(), keep_type_of_events()
from public;
grant create on schema public to boxster_copier;
alter function hold_event_references() owner to boxster_copier;
alter function take_events_of_batch() owner to boxster_copier;
alter function keep_batch_of_events() owner to boxster_copier;
alter function keep_type_of_events() owner to boxster_copier;
revoke create on schema public from boxster_copier;

-- Duplicates -------------------------------------------------------------------------------------------------------

create table event_match (
  id bigint generated always as identity constraint event_match_id_primary primary key,
  event_id bigint not null constraint event_match_event_id_unique unique,
  merged_into bigint constraint event_match_merged_into_fkey references event (id) on delete cascade,
  person text not null,
  decided_at timestamptz not null default now(),
  constraint event_match_merged_into_another check (merged_into <> event_id),
  constraint event_match_event_id_fkey foreign key (event_id) references event (id) on delete cascade
);
create index event_match_merged_into on event_match (merged_into) where merged_into is not null;
comment on table event_match is 'What an analyst decided of records that bear one reference: merged into another, which counts for both, or left as an event of its own. Goes with either of the two, so that undoing an import brings the other back.';
-- Whoever counts events must know which were merged.
select rights('event_match', $$
  sergeant, system, publisher: select (id, event_id, merged_into);
  analyst, operator: select, insert, delete $$);

-- Ranking and planning must not change when all police records are removed (SAFEGUARDS 9), so a report may not be
-- merged into one of them.
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

-- Harm weights -----------------------------------------------------------------------------------------------------
-- How much one report counts, from a publication that the team names. Each save is a new version: a link to figures by
-- version 3 always gives the same figures.
create table harm_weights (
  version integer not null constraint harm_weights_version_primary primary key,
  name text not null,
  source text not null,
  weights jsonb not null,
  saved_at timestamptz not null default now(), saved_by text not null,
  constraint harm_weights_version_positive check (version >= 1),
  constraint harm_weights_name_form check (name = btrim(name) and length(name) between 1 and 80 and name !~ '[[:cntrl:]]'),
  constraint harm_weights_source_form check (
    source = btrim(source) and length(source) between 1 and 300 and source !~ '[[:cntrl:]]' and source ~ '(19|20)[0-9]{2}'
  ),
  constraint harm_weights_weights_known check (
    jsonb_typeof(weights) = 'object' and weights <> '{}'
    and weights - array[
      'complaint', 'sighting', 'kerb_crawling', 'street_sex_work', 'asb', 'litter_needles', 'traffic', 'other'
    ] = '{}'
  ),
  constraint harm_weights_weights_positive
    check (not jsonb_path_exists(weights, 'strict $.* ? (@.type() != "number" || @ <= 0 || @ > 1000000)'))
);
comment on table harm_weights is 'Harm weights by version, with the publication that they were read in. The newest is the one in use. Rows are added and never changed.';
comment on column harm_weights.source is 'The publication, its year and where to find it.';
comment on column harm_weights.weights is 'By kind or category what one report counts for, above 0; a category goes before a kind, and what is not named has no weight.';
select rights('harm_weights', $$
  sergeant: select;
  analyst, operator: select, insert $$);
