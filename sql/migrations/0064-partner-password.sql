-- A partner signs in by a phone and its PIN, or by a passkey: what a stranger tries on the sign-in name keeps nobody out
-- there (SAFEGUARDS 19). A password is off for a partner's account until an administrator turns it on for that one, with a
-- second person. Accounts that have a password or a one-time secret today keep it: nobody is locked out overnight.

alter table account add column partner_password boolean not null default false;
comment on column account.partner_password is
  'Of a partner''s account: whether a password may sign it in. Any other role can have one.';

set local role boxster_copier;
update account set partner_password = true
where role = 'partner' and (password_hash is not null or setup_hash is not null);
set local role none;

alter table account add constraint account_partner_password_allowed check (
  role <> 'partner' or partner_password or (password_hash is null and setup_hash is null)
);

-- Turned off, or with another role that becomes a partner's, the password goes.
create function drop_partner_password() returns trigger language plpgsql as $$
begin
  if new.role <> 'partner' then
    new.partner_password := false;
  elsif not new.partner_password and (old.role <> 'partner' or old.partner_password) then
    new.password_hash := null;
    new.password_set_at := null;
    new.setup_hash := null;
    new.setup_until := null;
  end if;
  return new;
end
$$;
-- Before the sessions are ended by what it drops: triggers go by their names.
create trigger account_partner_password_dropped before update on account
  for each row execute function drop_partner_password();

alter table account_opening drop constraint account_opening_act_known;
alter table account_opening add constraint account_opening_act_known check (
  act in (
    'made', 'role', 'partner', 'enabled', 'extended', 'passwords', 'secret', 'password', 'provider', 'link'
  )
);
create or replace function what_opens(act text) returns text language sql immutable as $$
  select case act
    when 'passwords' then 'password'
    when 'secret' then 'password'
    when 'password' then 'password'
    when 'provider' then 'provider'
    when 'link' then 'phone'
    when 'extended' then 'longer'
    else 'account'
  end
$$;

create function note_partner_password() returns trigger language plpgsql as $$
begin
  if current_user = 'boxster_copier' or coalesce(acting_role(), 'owner') = 'owner' then
    return null;
  end if;
  if new.partner_password then
    perform write_opening(new, 'passwords');
  elsif new.role = 'partner' then
    perform replace_openings(new.id, array['password']);
  end if;
  return null;
end
$$;
create trigger account_partner_password_noted after update on account
  for each row when (old.partner_password is distinct from new.partner_password)
  execute function note_partner_password();

grant select (partner_password), update (partner_password) on account to boxster_admin, boxster_operator;
grant select (partner_password) on account to boxster_auditor;
