-- The type of an event: the source's own word from a closed list of its profile, beside the category that this
-- tool maps it to. A filter and a column, no part of any rule: the publisher, who makes what is public, cannot read it.

create table event_type (
  code smallint not null,
  profile text not null,
  word text not null,
  constraint event_type_code_primary primary key (code),
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
  ),
  constraint event_type_word_short check (length(word) between 1 and 40)
);
comment on table event_type is
  'Words for what happened as sources write them, at most 64 a profile; none that no event has outlives an undo.';
comment on column event_type.word is
  'An entry of a list, which passed the guard of personal data; never free text.';

alter table event add column type_code smallint null;
alter table event add constraint event_type_code_fkey
  foreign key (type_code) references event_type (code);
comment on column event.type_code is
  'The source''s own word for it; null where the source has none, or none that its list knows.';

select fence('event_type');
select allow('event_type', verb, '{analyst,operator}')
from unnest(array['select', 'insert', 'delete']) as verbs (verb);
select allow('event_type', verb, '{system}') from unnest(array['select', 'delete']) as verbs (verb);
select allow('event_type', 'select', '{sergeant}');
grant select (type_code) on event to boxster_sergeant, boxster_system;
