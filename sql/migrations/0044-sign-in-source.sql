-- From where a sign-in failed, so that an attack can be traced; beside the chain, which nothing is erased from, and for
-- 90 days unless set otherwise.
create table sign_in_source (
  -- No foreign key: nothing is ever taken out of the chain, and its guards answer for themselves.
  audit_id bigint not null,
  address text not null,
  at timestamptz not null default now(),
  constraint sign_in_source_audit_id_primary primary key (audit_id),
  constraint sign_in_source_address_short check (length(address) between 1 and 64)
);
create index sign_in_source_at on sign_in_source (at);
comment on table sign_in_source is
  'The address that a refused sign-in came from, for whoever answers for the security of the machine; erased after a time.';

select fence('sign_in_source');
select allow('sign_in_source', 'insert', '{clerk}');
select allow('sign_in_source', 'select', '{auditor}');
select allow('sign_in_source', verb, '{system}') from unnest(array['select', 'delete']) as verbs (verb);
