create table sign_in (
  token_hash bytea not null,
  person text not null,
  role text not null,
  partner text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  constraint sign_in_token_hash_key primary key (token_hash),
  constraint sign_in_token_hash_length check (length(token_hash) = 32),
  constraint sign_in_role_known check (
    role in ('sergeant', 'analyst', 'partner', 'coordinator', 'presenter', 'liaison', 'admin', 'auditor')
  ),
  constraint sign_in_partner_present check ((role = 'partner') = (partner is not null))
);
comment on table sign_in is 'Signed-in browsers: the SHA-256 of an opaque token, never the token.';
