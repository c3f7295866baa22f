-- A second wall between tenants, behind the tenant that every question names (adr/0010): what one tenant asks is asked
-- as the role legwork_tenant, which sees the rows of one tenant only. The owner of the tables, who all services are, is
-- not held by it. Roles belong to the whole server, and not every owner may make one: so the wall is raised when a
-- service starts, not here.

-- Events are read with the rights of whoever asks, not with those of the view's owner, who sees everything.
alter view committed_event set (security_invoker = true);

-- Whether we can take the role; it is given back in any case.
create function may_be_a_tenant() returns boolean language plpgsql as
$$
begin
  perform set_config('role', 'legwork_tenant', true);
  raise exception using errcode = 'LW001';
exception
  when sqlstate 'LW001' then return true;
  when invalid_parameter_value or insufficient_privilege then return false;
end
$$;

-- Raises the wall unless it stands; false if the server does not let us.
create function raise_tenant_wall() returns boolean language plpgsql set lock_timeout = '5s' as
$$
declare
  name text;
begin
  perform pg_advisory_xact_lock(7236844);
  if to_regrole('legwork_tenant') is null then
    begin
      create role legwork_tenant nologin;
    exception
      -- Another database of the server was quicker.
      when duplicate_object or unique_violation then null;
    end;
  end if;
  if not may_be_a_tenant() then
    execute format('grant legwork_tenant to %I', current_user);
  end if;
  if has_table_privilege('legwork_tenant', 'audit_entry', 'select') then
    return true;
  end if;
  foreach name in array array['task', 'finished_task', 'task_attempt', 'task_progress', 'event', 'delivery',
                              'delivery_request', 'delivery_attempt', 'subscription', 'api_key', 'audit_entry'] loop
    execute format('alter table %I enable row level security', name);
    -- Whom else the owner has allowed to read is not held by the wall.
    execute format('create policy everybody on %I using (true)', name);
    execute format('create policy own_tenant on %I as restrictive to legwork_tenant '
                   'using (tenant = current_setting(''legwork.tenant'', true))', name);
  end loop;
  if not has_schema_privilege('legwork_tenant', current_schema(), 'usage') then
    execute format('grant usage on schema %I to legwork_tenant', current_schema());
  end if;
  -- Tags are looked for by an index that no policy lets be used, so that these columns have none. They are read beside
  -- the rows of tasks only, which have one.
  grant select (id, tags, metadata) on task_input to legwork_tenant;
  grant select (id, next_at) on delivery_due to legwork_tenant;
  grant select (id, tenant, url) on delivery_request to legwork_tenant;
  grant select (task_id, tenant, at, attempt, percent, message) on task_progress to legwork_tenant;
  grant select on task, finished_task, task_attempt, event, committed_event, delivery, delivery_attempt, subscription,
                  api_key, audit_entry to legwork_tenant;
  return true;
exception
  when insufficient_privilege then return false;
end
$$;
