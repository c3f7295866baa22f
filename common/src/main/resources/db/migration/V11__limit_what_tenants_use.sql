-- What a tenant may use, where that differs from what is configured for all. Null: as configured.
create table tenant_limits (
  tenant                     text        not null primary key,
  submissions_per_second     integer,
  key_submissions_per_second integer,
  open_tasks                 integer,
  payload_bytes_per_day      bigint,
  updated_at                 timestamptz not null default now()
);

-- Token buckets that all producers draw on. A row is written many times a second and stays where it is.
create table shared_bucket (
  id      text             not null primary key,
  -- Below zero when more was granted at once than there was.
  tokens  double precision not null,
  -- By the last draw.
  granted bigint           not null,
  at      timestamptz      not null
) with (fillfactor = 50);
