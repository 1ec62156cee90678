-- Boundaries as sets that come and go as a whole, place factors as layers, and what an import says
-- about the quality of what it brought.

alter table area
  drop constraint area_kind_check,
  drop constraint area_code_pkey,
  add constraint area_kind_code_primary primary key (kind, code),
  add constraint area_kind_check
    check (kind in ('borough', 'neighbour', 'ward', 'neighbourhood', 'lsoa', 'beat'));

create table boundary_set (
  kind text not null,
  person text not null,
  imported_at timestamptz not null default clock_timestamp(),
  file_name text not null,
  file_sha256 text not null,
  area_count integer not null,
  outside_count integer not null,
  repaired_count integer not null,
  constraint boundary_set_kind_primary primary key (kind),
  constraint boundary_set_kind_known check (kind in ('borough', 'ward', 'lsoa', 'beat')),
  constraint boundary_set_file_name_length check (length(file_name) between 1 and 200),
  constraint boundary_set_file_sha256_hex check (file_sha256 ~ '^[0-9a-f]{64}$'),
  constraint boundary_set_counts_not_negative
    check (area_count > 0 and outside_count >= 0 and repaired_count >= 0)
);
comment on table boundary_set is
  'Which file the areas of a kind came from: at most one set of a kind, replaced or removed as a whole.';

create table place_layer (
  id integer generated always as identity,
  kind text not null,
  person text not null,
  imported_at timestamptz not null default clock_timestamp(),
  file_name text not null,
  file_sha256 text not null,
  licence text not null default '',
  feature_count integer not null,
  outside_count integer not null,
  constraint place_layer_id_primary primary key (id),
  constraint place_layer_kind_known check (kind in ('lighting', 'alley', 'stop', 'late_venue')),
  constraint place_layer_kind_file_unique unique (kind, file_sha256),
  constraint place_layer_file_name_length check (length(file_name) between 1 and 200),
  constraint place_layer_file_sha256_hex check (file_sha256 ~ '^[0-9a-f]{64}$'),
  constraint place_layer_licence_length check (length(licence) <= 200),
  constraint place_layer_counts_not_negative check (feature_count > 0 and outside_count >= 0)
);
comment on table place_layer is
  'One imported file of place factors: lamps, alleys, stops or venues that are open late.';
comment on column place_layer.licence is 'The line that its source asks for, shown on the map with it.';

create table place_feature (
  id integer generated always as identity,
  layer_id integer not null,
  label text null,
  shape geometry(Geometry, 4326) not null,
  constraint place_feature_id_primary primary key (id),
  constraint place_feature_layer_id_fkey foreign key (layer_id)
    references place_layer (id) on delete cascade,
  constraint place_feature_label_short check (length(label) between 1 and 60),
  constraint place_feature_shape_plain check (
    geometrytype(shape) in ('POINT', 'MULTIPOINT', 'LINESTRING', 'MULTILINESTRING', 'POLYGON', 'MULTIPOLYGON')
    and not st_isempty(shape)
  )
);
create index place_feature_layer_id on place_feature (layer_id);
comment on table place_feature is
  'A lamp, an alley, a stop or a venue: where it is and at most the short name of the place, nothing else.';

-- What only the import sees, because the exact point is stored nowhere: counts, never a place.
create table batch_quality (
  batch_id integer not null,
  kind text not null,
  source text not null,
  events integer not null,
  points integer not null,
  repeated integer not null,
  snapped integer not null,
  constraint batch_quality_batch_id_primary primary key (batch_id, kind, source),
  constraint batch_quality_batch_id_fkey foreign key (batch_id)
    references batch (id) on delete cascade,
  constraint batch_quality_counts_in_order
    check (points > 0 and points <= events and snapped between 0 and repeated and repeated <= events)
);
comment on table batch_quality is
  'Per batch, kind and source: at how many exact points its rows lay, and how many shared one.';
comment on column batch_quality.snapped is
  'Rows that share their point beyond what chance brings among fifty addresses in a cell.';

alter table batch
  add column outside_count integer null,
  add constraint batch_outside_count_in_rejected check (outside_count between 0 and rejected);
comment on column batch.outside_count is
  'Refused rows that lay outside the area of the command; null where nobody counted.';

select fence(name) from unnest(array[
  'boundary_set', 'place_layer', 'place_feature', 'batch_quality'
]) as made (name);

-- The analyst brings boundaries in as well; which boroughs there are stays as it was set up.
select allow('area', verb, '{analyst}', 'kind in (''ward'', ''lsoa'', ''beat'')')
from unnest(array['insert', 'delete']) as verbs (verb);
select allow('area', 'update', '{analyst}', 'kind in (''borough'', ''neighbour'')', 'shape');
select allow('boundary_set', verb, '{analyst,operator}')
from unnest(array['select', 'insert', 'delete']) as verbs (verb);
select allow('boundary_set', 'select', '{system}');
select allow('boundary_set', 'delete', '{system}');

select allow(name, 'select', '{sergeant,analyst,operator}')
from unnest(array['place_layer', 'place_feature']) as layers (name);
select allow('place_layer', verb, '{analyst,operator}')
from unnest(array['insert', 'delete']) as verbs (verb);
select allow('place_feature', 'insert', '{analyst,operator}');

select allow('batch_quality', 'select', '{sergeant,analyst,operator}');
select allow('batch_quality', 'insert', '{analyst,operator}');
grant select (imported_at, row_count, outside_count) on batch to boxster_sergeant;
grant select (batch_id) on event to boxster_sergeant;

-- A ward that went, or has another line now, is taken off its events: they count by their cell.
select allow('event', 'update', '{analyst,operator}', 'true', 'ward');
