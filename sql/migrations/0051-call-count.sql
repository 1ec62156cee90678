-- Attempts to sign in, patrol changes and those of them that were refused, by caller and minute: counted here, so that several
-- servers of one database have one limit. Lost with the server, which is soon enough: a row is worth a minute.
create unlogged table call_count (
  kind text not null,
  caller bytea not null,
  counted_from timestamptz not null,
  calls integer not null,
  constraint call_count_key_primary primary key (kind, caller),
  constraint call_count_kind_known check (kind in ('sign_in', 'probe', 'refusal')),
  constraint call_count_caller_length check (length(caller) = 32),
  constraint call_count_calls_not_negative check (calls >= 0)
);
comment on table call_count is
  'Calls of the last minute by what they are and who makes them: a person, a browser or an address, each as a keyed hash.';
comment on column call_count.counted_from is 'The first call of the minute that is counted.';

select fence('call_count');
select allow('call_count', verb, '{gate}')
from unnest(array['select', 'insert', 'update', 'delete']) as verbs (verb);
