-- Who may sign in. Roles are kept here and nowhere else: what an identity provider says about a
-- person's groups is never read.

create table account (
  id bigint generated always as identity,
  name text not null,
  shown_name text,
  role text not null,
  partner_id bigint,
  password_hash text,
  has_password boolean generated always as (password_hash is not null) stored,
  password_set_at timestamptz,
  setup_hash bytea,
  setup_until timestamptz,
  oidc_name text,
  oidc_issuer text,
  oidc_subject text,
  created_at timestamptz not null,
  expires_at timestamptz,
  disabled_at timestamptz,
  epoch integer not null default 1,
  constraint account_id_key primary key (id),
  constraint account_name_unique unique (name),
  constraint account_name_written check (name ~ '^[a-z0-9][a-z0-9._@+-]{1,63}$'),
  constraint account_shown_name_length check (length(shown_name) between 1 and 80),
  constraint account_role_known check (
    role in ('sergeant', 'analyst', 'partner', 'coordinator', 'presenter', 'liaison', 'admin', 'auditor')
  ),
  constraint account_partner_id_present check ((role = 'partner') = (partner_id is not null)),
  constraint account_partner_id_fkey foreign key (partner_id) references partner (id),
  constraint account_password_hash_slow check (password_hash like '$argon2id$%'),
  constraint account_setup_hash_length check (length(setup_hash) = 32),
  constraint account_setup_until_present check ((setup_hash is null) = (setup_until is null)),
  constraint account_oidc_name_unique unique (oidc_name),
  constraint account_oidc_name_length check (length(oidc_name) between 1 and 255),
  constraint account_oidc_subject_unique unique (oidc_issuer, oidc_subject),
  constraint account_oidc_subject_present check ((oidc_issuer is null) = (oidc_subject is null))
);
create index account_partner_id on account (partner_id);
comment on table account is
  'Who may sign in: one role each. Accounts are disabled and never deleted, for the audit chain names them.';
comment on column account.password_hash is 'argon2id with its own salt; null: no password, sign-in by the identity provider alone.';
comment on column account.setup_hash is 'SHA-256 of a one-time secret of 123 random bits, with which its person sets a first password.';
comment on column account.oidc_name is
  'The name at the identity provider that an administrator entered; at the first sign-in issuer and subject are bound.';
comment on column account.epoch is
  'Grows with everything that must end the sessions of the account; a session holds the one it began in.';

-- Held by the database, so that no route and no command can forget it: a change of role, partner,
-- password or of the name at the identity provider, and disabling, end every session of the account.
create function end_account_sessions() returns trigger language plpgsql as $$
begin
  if (old.role, old.partner_id, old.password_hash, old.setup_hash, old.disabled_at, old.oidc_name)
    is distinct from
    (new.role, new.partner_id, new.password_hash, new.setup_hash, new.disabled_at, new.oidc_name)
  then
    new.epoch := old.epoch + 1;
  end if;
  if old.oidc_name is distinct from new.oidc_name then
    new.oidc_issuer := null;
    new.oidc_subject := null;
  end if;
  return new;
end
$$;
create trigger account_sessions_ended before update on account
  for each row execute function end_account_sessions();

-- How often a name or an address failed to sign in, so that the next try has to wait; kept here, so
-- that a restart forgets nothing.
create table sign_in_failure (
  kind text not null,
  key bytea not null,
  failures integer not null,
  last_at timestamptz not null,
  waits_until timestamptz not null,
  waiting_tries integer not null default 0,
  constraint sign_in_failure_key_primary primary key (kind, key),
  constraint sign_in_failure_kind_known check (kind in ('name', 'address')),
  constraint sign_in_failure_key_length check (length(key) = 32),
  constraint sign_in_failure_failures_positive check (failures >= 0)
);
create index sign_in_failure_last_at on sign_in_failure (last_at);
comment on table sign_in_failure is
  'Failed sign-ins by typed name and by address, each as a keyed hash: neither can be read back.';
comment on column sign_in_failure.waiting_tries is
  'How many tries this wait has refused: the audit chain takes the first, the tenth, the hundredth of them.';

-- A session belongs to an account; in the demonstration, to a role alone.
alter table sign_in
  add column id uuid not null default gen_random_uuid(),
  add column account_id bigint,
  add column epoch integer,
  add column locked_at timestamptz,
  add column device text,
  add constraint sign_in_id_unique unique (id),
  add constraint sign_in_account_id_fkey foreign key (account_id)
    references account (id) on delete cascade,
  add constraint sign_in_epoch_present check ((account_id is null) = (epoch is null)),
  add constraint sign_in_device_length check (length(device) between 1 and 80);
create index sign_in_account_id on sign_in (account_id);
comment on column sign_in.id is 'Names the session to its own person; the token cannot be had from it.';
comment on column sign_in.locked_at is 'The screen is locked: the session answers nothing until its person proves to be there.';
comment on column sign_in.device is 'The kind of browser and system, in words, so that a person knows their own sessions apart.';

select fence(name) from unnest(array['account', 'sign_in_failure']) as made (name);

-- Secrets are the gate's; who looks after accounts writes all but them.
select allow('account', 'select', '{gate}');
select allow('account', 'update', '{gate}', 'true',
  'password_hash, password_set_at, setup_hash, setup_until, oidc_issuer, oidc_subject');
select allow('account', 'select', '{admin,auditor,operator}', 'true',
  'id, name, shown_name, role, partner_id, has_password, password_set_at, setup_until, oidc_name, oidc_issuer, oidc_subject, created_at, expires_at, disabled_at, epoch');
select allow('account', 'insert', '{admin,operator}', 'true',
  'name, shown_name, role, partner_id, oidc_name, created_at, expires_at');
select allow('account', 'update', '{admin,operator}', 'true',
  'shown_name, role, partner_id, oidc_name, expires_at, disabled_at');

select allow('sign_in_failure', verb, '{gate}')
from unnest(array['select', 'insert', 'update', 'delete']) as verbs (verb);

select allow('partner', 'select', '{gate}', 'true', 'id, code, name');
select allow('setting', 'select', '{gate}', 'key = ''local-passwords''');
select allow('setting', verb, '{admin}', 'key = ''local-passwords''')
from unnest(array['insert', 'update']) as verbs (verb);
