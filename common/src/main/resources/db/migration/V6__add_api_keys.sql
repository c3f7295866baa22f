-- Who may use the API. Of a key only its hash is kept: who reads the table cannot use one.
create table api_key (
  id           uuid        not null primary key,
  -- Taken under an advisory lock that is held until the commit: whoever has seen a version has missed
  -- no change before it.
  version      bigint      not null,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  -- Written now and then, by every process that has seen it used; no change that others have to see.
  last_used_at timestamptz,
  tenant       text        not null,
  name         text        not null,
  -- SHA-256, in hexadecimal digits.
  hash         text        not null,
  roles        text[]      not null,
  -- What it is limited to, empty for no limit.
  types        text[]      not null,
  queues       text[]      not null
);

create unique index api_key_hash on api_key (hash);
create unique index api_key_version on api_key (version);
create index api_key_tenant on api_key (tenant, id) where revoked_at is null;
create sequence api_key_versions;
