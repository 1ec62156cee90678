-- Hotspots: saved views. People see their own and those that colleagues share, and change only their own.

create table saved_view (
  id integer generated always as identity constraint saved_view_id_primary primary key,
  person text not null,
  name text not null constraint saved_view_name_plain check (name = plain_name(name)),
  is_shared boolean not null,
  version integer not null constraint saved_view_version_positive check (version >= 1),
  filters jsonb not null constraint saved_view_filters_object check (jsonb_typeof(filters) = 'object'),
  changed_at timestamptz not null default now(),
  constraint saved_view_name_form
    check (char_length(name) between 1 and 60 and name = btrim(name) and name !~ '[[:cntrl:]]'),
  constraint saved_view_filters_small check (octet_length(filters::text) <= 8192)
);
create unique index saved_view_person_name_unique on saved_view (person, lower(name));
comment on table saved_view is
  'Filters of the Hotspots screen under a name: dates, kinds, days, hours, area. Never a record, a count or a chosen place.';
comment on column saved_view.version is
  'Of the words in `filters`: a page that knows more brings older ones up (client/hotspots/view-versions.ts).';
select rights('saved_view', $$
  sergeant, analyst: select where person = (select acting_person()) or is_shared;
  sergeant, analyst: insert, update, delete where person = (select acting_person()) $$);
