create table area (
  code text not null,
  name text not null,
  kind text not null,
  in_command boolean not null,
  shape geometry(MultiPolygon, 4326) not null,
  constraint area_code_pkey primary key (code),
  constraint area_kind_name_key unique (kind, name),
  constraint area_kind_check check (kind in ('borough', 'neighbour', 'ward', 'neighbourhood')),
  constraint area_name_check check (name = btrim(name) and name <> ''),
  constraint area_in_command_check check (not in_command or kind = 'borough'),
  constraint area_shape_check check (not st_isempty(shape))
);
create index area_shape on area using gist (shape);
comment on table area is 'Boroughs of the command, their neighbours, and the areas that public figures are given for.';
comment on column area.in_command is 'True for the boroughs whose cells make up the study set.';

create table edge_line (
  neighbour text not null,
  line geometry(MultiLineString, 4326) not null,
  constraint edge_line_neighbour_pkey primary key (neighbour),
  constraint edge_line_line_check check (not st_isempty(line))
);
comment on table edge_line is 'The border of the command with one neighbour; of two boroughs inside it under both their names.';

create table road (
  road_id integer generated always as identity,
  name text not null,
  line geometry(LineString, 4326) not null,
  constraint road_road_id_pkey primary key (road_id)
);
comment on table road is 'Main roads that are drawn and that cells are named after; one road can have several stretches.';

create table named_place (
  named_place_id integer generated always as identity,
  kind text not null,
  name text not null,
  road text,
  at geometry(Point, 4326) not null,
  constraint named_place_named_place_id_pkey primary key (named_place_id),
  constraint named_place_kind_check
    check (kind in ('corner', 'street', 'station', 'neighbourhood')),
  constraint named_place_name_check check (name = btrim(name) and name <> ''),
  constraint named_place_road_check check ((kind = 'corner') = (road is not null))
);
comment on table named_place is 'Points that name a cell: the gazetteer, none of it about a person or an event.';
comment on column named_place.road is 'The main road that a corner lies on.';
