-- What came in, and what came in with it.
-- Undoing an import is one delete from `batch`.

create table batch (
  id integer generated always as identity,
  person text not null,
  imported_at timestamptz not null default now(),
  file_name text not null,
  file_sha256 text null,
  profile text not null,
  mapping jsonb not null default '{}',
  key_id text null,
  row_count integer not null default 0,
  accepted integer not null default 0,
  rejected integer not null default 0,
  duplicates integer not null default 0,
  constraint batch_id_primary primary key (id),
  constraint batch_row_count_adds_up check (accepted + rejected + duplicates = row_count),
  constraint batch_counts_not_negative check (accepted >= 0 and rejected >= 0 and duplicates >= 0),
  constraint batch_file_sha256_hex check (file_sha256 ~ '^[0-9a-f]{64}$')
);

comment on table batch is
  'One import: who brought what, when, read how, and how every row of the file ended.';
comment on column batch.mapping is
  'Role to column header; headers only, never a value of the file.';
comment on column batch.key_id is
  'Which key made the duplicate keys of this batch; the key itself is a file in the data folder.';

create table event (
  id bigint generated always as identity,
  batch_id integer not null,
  cell bigint not null,
  kind text not null,
  source text not null,
  category text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  ward text null,
  reference text null,
  duplicate_key bytea null,
  constraint event_id_primary primary key (id),
  constraint event_batch_id_fkey foreign key (batch_id) references batch (id) on delete cascade,
  constraint event_duplicate_key_unique unique (duplicate_key),
  -- Bits 52 to 55 of an H3 index hold its resolution.
  constraint event_cell_resolution check (((cell >> 52) & 15) = 10),
  constraint event_kind_known check (kind in ('sighting', 'complaint', 'arrest', 'stop_search')),
  constraint event_source_known check (source in ('resident', 'partner', 'police')),
  constraint event_source_discovered
    check (kind not in ('arrest', 'stop_search') or source = 'police'),
  constraint event_category_known check (
    category in ('kerb_crawling', 'street_sex_work', 'asb', 'litter_needles', 'traffic', 'other')
  ),
  constraint event_ends_at_after_start check (ends_at >= starts_at)
);

create index event_starts_at_ends_at on event (starts_at, ends_at);
create index event_batch_id on event (batch_id);

comment on table event is
  'One thing that happened at a cell and a time span; the exact point is not kept.';
comment on column event.ends_at is
  'Later than starts_at when the time is uncertain: the event happened somewhere in between.';
comment on column event.ward is
  'Code of the ward that held the point at import; null when no ward set was there yet.';
comment on column event.reference is
  'Opaque reference to the force''s own record, for the analyst alone; not indexed, so not searchable.';
comment on column event.duplicate_key is
  'Keyed HMAC of the source''s id, or of content and ordinal; a plain hash would give the point back.';
