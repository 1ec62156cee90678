-- A partner's phone: set up once by a link of one use, opened from then on by a PIN. What the phone holds
-- and what its person knows are both needed: neither opens anything alone.

create table partner_device (
  id uuid not null default gen_random_uuid(),
  account_id bigint not null,
  token_hash bytea not null,
  pin_hash text not null,
  kind text,
  made_at timestamptz not null,
  last_used_at timestamptz not null,
  wrong_pins integer not null default 0,
  constraint partner_device_id_primary primary key (id),
  constraint partner_device_account_id_fkey foreign key (account_id)
    references account (id) on delete cascade,
  constraint partner_device_token_hash_unique unique (token_hash),
  constraint partner_device_token_hash_length check (length(token_hash) = 32),
  constraint partner_device_pin_hash_slow check (pin_hash like '$argon2id$%'),
  constraint partner_device_kind_length check (length(kind) between 1 and 80),
  constraint partner_device_wrong_pins_not_negative check (wrong_pins >= 0)
);
create index partner_device_account_id on partner_device (account_id);
comment on table partner_device is
  'Phones that sign in by a PIN. A row goes when the phone is taken away, after too many wrong PINs, and with the role of its account.';
comment on column partner_device.token_hash is 'SHA-256 of the 256 random bits in the phone''s cookie.';
comment on column partner_device.pin_hash is
  'argon2id of the PIN under the phone''s own secret: from the database alone no PIN can be tried.';

create table device_link (
  account_id bigint not null,
  secret_hash bytea not null,
  made_by text not null,
  until timestamptz not null,
  constraint device_link_account_id_primary primary key (account_id),
  constraint device_link_account_id_fkey foreign key (account_id)
    references account (id) on delete cascade,
  constraint device_link_secret_hash_unique unique (secret_hash),
  constraint device_link_secret_hash_length check (length(secret_hash) = 32)
);
comment on table device_link is
  'The link that sets up one more phone: one for an account at a time, used once, the SHA-256 of 123 random bits.';

alter table sign_in
  add column partner_device_id uuid,
  add constraint sign_in_partner_device_id_fkey foreign key (partner_device_id)
    references partner_device (id) on delete cascade;
create index sign_in_partner_device_id on sign_in (partner_device_id)
  where partner_device_id is not null;
comment on column sign_in.partner_device_id is 'The phone that it was opened on by PIN; taken away, the session ends.';

select fence(name) from unnest(array['partner_device', 'device_link']) as made (name);
select allow(name, verb, '{gate}')
from unnest(array['partner_device', 'device_link']) as made (name),
  unnest(array['select', 'insert', 'update', 'delete']) as verbs (verb);
select allow('partner_device', 'select', '{admin,auditor,operator}', 'true',
  'id, account_id, kind, made_at, last_used_at');
select allow('device_link', 'select', '{admin,operator}', 'true', 'account_id, until');
select allow(name, 'delete', '{admin,operator}')
from unnest(array['partner_device', 'device_link']) as made (name);

-- Held by the database, so that no route and no command can forget it.
create function take_away_devices() returns trigger language plpgsql as $$
begin
  if (old.role, old.partner_id) is distinct from (new.role, new.partner_id)
    or (old.disabled_at is null and new.disabled_at is not null)
  then
    delete from device_link where account_id = new.id;
    delete from partner_device where account_id = new.id;
  end if;
  return null;
end
$$;
create trigger account_devices_taken_away after update on account
  for each row execute function take_away_devices();
