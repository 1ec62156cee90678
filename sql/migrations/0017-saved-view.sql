-- Views of Hotspots that a person keeps: which filters, never what they showed.

create table saved_view (
  id integer generated always as identity,
  person text not null,
  name text not null,
  is_shared boolean not null,
  version integer not null,
  filters jsonb not null,
  changed_at timestamptz not null default now(),
  constraint saved_view_id_primary primary key (id),
  constraint saved_view_name_form check (
    char_length(name) between 1 and 60 and name = btrim(name) and name !~ '[[:cntrl:]]'
  ),
  constraint saved_view_version_positive check (version >= 1),
  constraint saved_view_filters_object check (jsonb_typeof(filters) = 'object'),
  constraint saved_view_filters_small check (octet_length(filters::text) <= 8192)
);
create unique index saved_view_person_name_unique on saved_view (person, lower(name));
comment on table saved_view is
  'Filters of the Hotspots screen under a name: dates, kinds, days, hours, area. Never a record, a count or a chosen place.';
comment on column saved_view.version is
  'Of the words in `filters`: a page that knows more brings older ones up (client/hotspots/view-versions.ts).';

-- Own ones, and those that a colleague on the same screen shares; only its person changes one.
select fence('saved_view');
select allow('saved_view', 'select', '{sergeant,analyst}',
  'person = (select acting_person()) or is_shared');
select allow('saved_view', verb, '{sergeant,analyst}', 'person = (select acting_person())')
from unnest(array['insert', 'update', 'delete']) as verbs (verb);

grant select on all sequences in schema public to boxster_operator, boxster_system;
