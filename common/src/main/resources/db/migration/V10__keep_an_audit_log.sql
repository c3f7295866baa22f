-- What operators and admins did. Two rows for an action: one before it is done, with no status, and one
-- when it has ended.
create table audit_entry (
  -- Without a gap: taken under an advisory lock that is held until the commit.
  sequence  bigint      not null primary key,
  at        timestamptz not null,
  action    uuid        not null,
  tenant    text        not null,
  key       uuid        not null,
  name      text        not null,
  operation text        not null,
  target    text        not null,
  source    text        not null,
  status    integer,
  created   text,
  -- SHA-256 over the seal of the row before and all other columns.
  seal      bytea       not null
);

create unique index audit_entry_action on audit_entry (action, (status is null));
create index audit_entry_tenant on audit_entry (tenant, sequence) where status is null;

create function refuse_to_change_the_audit_log() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is only appended to';
end
$$;

create trigger audit_entry_is_appended_to before update or delete or truncate on audit_entry
  for each statement execute function refuse_to_change_the_audit_log();
