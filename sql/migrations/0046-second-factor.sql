-- A second factor at sign-in: passkeys, an authenticator app (TOTP), and recovery codes for the day neither is at hand.
-- Who may add or remove one is held here, whatever a route does: its owner, or two other people together.

create table passkey (
  id uuid not null default gen_random_uuid(),
  account_id bigint not null,
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null,
  name text not null,
  made_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz,
  constraint passkey_id_primary primary key (id),
  constraint passkey_account_id_fkey foreign key (account_id) references account (id) on delete cascade,
  constraint passkey_credential_id_unique unique (credential_id),
  constraint passkey_credential_id_length check (length(credential_id) between 16 and 1023),
  constraint passkey_counter_not_negative check (counter >= 0),
  constraint passkey_name_length check (length(name) between 1 and 80)
);
create index passkey_account_id on passkey (account_id);
comment on table passkey is 'Public keys that sign in an account; the private half never leaves its person''s device.';
comment on column passkey.counter is 'How often the device has signed, where it counts: it never goes back.';

create table authenticator_app (
  id uuid not null default gen_random_uuid(),
  account_id bigint not null,
  sealed_secret bytea not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  made_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz,
  constraint authenticator_app_id_primary primary key (id),
  constraint authenticator_app_account_id_fkey foreign key (account_id) references account (id) on delete cascade,
  constraint authenticator_app_sealed_secret_length check (length(sealed_secret) = 48)
);
create unique index authenticator_app_one_confirmed on authenticator_app (account_id) where confirmed_at is not null;
create unique index authenticator_app_one_waiting on authenticator_app (account_id) where confirmed_at is null;
comment on table authenticator_app is
  'The secret of an app that shows codes of six figures; one in use, and one that waits for its first code.';
comment on column authenticator_app.sealed_secret is
  'AES-256-GCM under a key that is neither in the database nor in its backups: 12 octets nonce, 20 secret, 16 tag.';
comment on column authenticator_app.last_step is 'The half minute of the last code that was accepted: none counts twice.';

create table recovery_code (
  account_id bigint not null,
  code_hash bytea not null,
  made_at timestamptz not null default clock_timestamp(),
  used_at timestamptz,
  constraint recovery_code_key_primary primary key (account_id, code_hash),
  constraint recovery_code_account_id_fkey foreign key (account_id) references account (id) on delete cascade,
  constraint recovery_code_code_hash_length check (length(code_hash) = 32)
);
comment on table recovery_code is 'SHA-256 of codes of 99 random bits, each good once in the place of a second factor.';

create table second_factor_clearing (
  id uuid not null default gen_random_uuid(),
  account_id bigint not null,
  owner text not null,
  asked_by text not null,
  asked_at timestamptz not null default clock_timestamp(),
  confirmed_by text,
  cleared_at timestamptz,
  by_host boolean not null default false,
  told_at timestamptz,
  constraint second_factor_clearing_id_primary primary key (id),
  constraint second_factor_clearing_account_id_fkey foreign key (account_id) references account (id) on delete cascade,
  constraint second_factor_clearing_cleared_present check ((confirmed_by is null) = (cleared_at is null)),
  constraint second_factor_clearing_told_cleared check (told_at is null or cleared_at is not null),
  constraint second_factor_clearing_two_people check (by_host or confirmed_by <> asked_by),
  constraint second_factor_clearing_not_the_owner check (by_host or owner not in (asked_by, coalesce(confirmed_by, '')))
);
create unique index second_factor_clearing_one_open on second_factor_clearing (account_id) where cleared_at is null;
comment on table second_factor_clearing is
  'The way back of somebody who lost every second factor: an administrator asks, another person confirms, the owner is told.';
comment on column second_factor_clearing.by_host is 'By a command on the machine itself, which needs nobody else.';

create table second_step (
  token_hash bytea not null,
  account_id bigint not null,
  epoch integer not null,
  until timestamptz not null,
  constraint second_step_token_hash_primary primary key (token_hash),
  constraint second_step_account_id_fkey foreign key (account_id) references account (id) on delete cascade,
  constraint second_step_token_hash_length check (length(token_hash) = 32)
);
create index second_step_account_id on second_step (account_id);
create index second_step_until on second_step (until);
comment on table second_step is
  'Browsers in which a password was right and the second factor is still to come; five minutes, and no session.';

create table spent_challenge (
  challenge_hash bytea not null,
  until timestamptz not null,
  constraint spent_challenge_challenge_hash_primary primary key (challenge_hash),
  constraint spent_challenge_challenge_hash_length check (length(challenge_hash) = 32)
);
create index spent_challenge_until on spent_challenge (until);
comment on table spent_challenge is 'Challenges that a passkey has answered, until they would have ended by themselves: none counts twice.';

alter table sign_in
  add column fresh_at timestamptz,
  add column by_provider boolean not null default false;
comment on column sign_in.fresh_at is 'When its person last proved to be there: some acts ask for the last five minutes.';
comment on column sign_in.by_provider is 'Opened through the identity provider, whose own second factor counts.';

select fence(name) from unnest(array[
  'passkey', 'authenticator_app', 'recovery_code', 'second_factor_clearing', 'second_step', 'spent_challenge'
]) as made (name);

select allow(name, verb, '{gate}')
from unnest(array['passkey', 'authenticator_app', 'recovery_code']) as made (name),
  unnest(array['select', 'delete']) as verbs (verb);
select allow('passkey', 'insert', '{gate}', 'true', 'account_id, credential_id, public_key, counter, name');
select allow('passkey', 'update', '{gate}', 'true', 'counter, last_used_at');
select allow('authenticator_app', 'insert', '{gate}', 'true', 'account_id, sealed_secret');
select allow('authenticator_app', 'update', '{gate}', 'true', 'confirmed_at, last_step, last_used_at');
select allow('recovery_code', 'insert', '{gate}', 'true', 'account_id, code_hash');
select allow('recovery_code', 'update', '{gate}', 'true', 'used_at');
select allow(name, verb, '{gate}')
from unnest(array['second_step', 'spent_challenge']) as made (name),
  unnest(array['select', 'insert', 'delete']) as verbs (verb);
-- Whether somebody has one, and not what it is.
select allow('passkey', 'select', '{admin,auditor,operator}', 'true', 'account_id');
select allow('authenticator_app', 'select', '{admin,auditor,operator}', 'true', 'account_id, confirmed_at');

select allow('second_factor_clearing', 'select', '{admin,auditor,coordinator,operator,gate}');
select allow('second_factor_clearing', 'insert', '{admin,operator}', 'true', 'account_id');
select allow('second_factor_clearing', 'update', '{admin,auditor,coordinator}', 'true', 'confirmed_by');
select allow('second_factor_clearing', 'update', '{gate}', 'true', 'told_at');
select allow('second_factor_clearing', 'delete', '{admin,auditor,coordinator,operator}', 'cleared_at is null');

drop policy setting_select_gate on setting;
drop policy setting_insert_admin on setting;
drop policy setting_update_admin on setting;
select allow('setting', 'select', '{gate}', 'key in (''local-passwords'', ''second-factor-for-police'')');
select allow('setting', verb, '{admin}', 'key in (''local-passwords'', ''second-factor-for-police'')')
from unnest(array['insert', 'update']) as verbs (verb);

-- No single account adds a factor to another's account or takes one away, by no way there is.
create function refuse_others_factor() returns trigger language plpgsql as $$
declare
  factor record;
begin
  factor := case tg_op when 'DELETE' then old else new end;
  -- A restore brings rows as they were.
  if current_user = 'boxster_copier' then
    return factor;
  end if;
  if exists (select from account where id = factor.account_id and name = acting_person()) then
    return factor;
  end if;
  if tg_op = 'DELETE' and exists (
    select from second_factor_clearing as clearing
    where clearing.account_id = factor.account_id and clearing.cleared_at >= factor.made_at
  ) then
    return factor;
  end if;
  raise exception 'a second factor is its owner''s, and two other people''s together'
    using errcode = '23514', constraint = tg_table_name || '_of_owner_or_two', table = tg_table_name;
end
$$;
create trigger passkey_of_owner_or_two before insert or delete on passkey
  for each row execute function refuse_others_factor();
create trigger authenticator_app_of_owner_or_two before insert or delete on authenticator_app
  for each row execute function refuse_others_factor();
create trigger recovery_code_of_owner_or_two before insert or delete on recovery_code
  for each row execute function refuse_others_factor();

-- What was used once stays used.
create function refuse_used_again() returns trigger language plpgsql as $$
begin
  case tg_table_name
    when 'passkey' then
      if new.counter > old.counter or (new.counter = 0 and old.counter = 0) then return new; end if;
    when 'authenticator_app' then
      if new.last_step > old.last_step and (old.confirmed_at is null or new.confirmed_at = old.confirmed_at)
      then return new; end if;
    when 'recovery_code' then
      if old.used_at is null then return new; end if;
  end case;
  raise exception 'a proof counts once'
    using errcode = '23514', constraint = tg_table_name || '_counts_once', table = tg_table_name;
end
$$;
create trigger passkey_counts_once before update on passkey
  for each row execute function refuse_used_again();
create trigger authenticator_app_counts_once before update on authenticator_app
  for each row execute function refuse_used_again();
create trigger recovery_code_counts_once before update on recovery_code
  for each row execute function refuse_used_again();

-- Who asks and who confirms is whoever acts, whatever is sent.
create function ask_second_factor_clearing() returns trigger language plpgsql as $$
begin
  if current_user = 'boxster_copier' then
    return new;
  end if;
  new.owner := (select name from account where id = new.account_id);
  new.asked_by := acting_person();
  new.by_host := current_setting('boxster.role', true) = 'operator';
  if new.by_host then
    new.confirmed_by := acting_person();
    new.cleared_at := clock_timestamp();
  end if;
  return new;
end
$$;
create trigger second_factor_clearing_asked before insert on second_factor_clearing
  for each row execute function ask_second_factor_clearing();

create function confirm_second_factor_clearing() returns trigger language plpgsql as $$
begin
  if old.cleared_at is null and new.confirmed_by is not null then
    new.confirmed_by := acting_person();
    new.cleared_at := clock_timestamp();
    if old.asked_at < clock_timestamp() - interval '7 days' then
      raise exception 'after seven days nobody confirms'
        using errcode = '23514', constraint = 'second_factor_clearing_in_time', table = tg_table_name;
    end if;
  elsif (old.confirmed_by, old.cleared_at) is distinct from (new.confirmed_by, new.cleared_at) then
    raise exception 'what was confirmed stays so'
      using errcode = '23514', constraint = 'second_factor_clearing_stays', table = tg_table_name;
  end if;
  return new;
end
$$;
create trigger second_factor_clearing_confirmed before update on second_factor_clearing
  for each row execute function confirm_second_factor_clearing();
