-- Deliveries that were settled before subscriptions came kept no endpoint, so that all that are made
-- anew would stand or fall together. An endpoint is a host and port, as the notifier names it.
update delivery_request r
set endpoint = h.host || case when h.host ~ ':[0-9]+$' then ''
                              when r.url ~* '^https:' then ':443'
                              else ':80' end
from (select id, lower((regexp_match(url, '^[A-Za-z]+://(?:[^/?#@]*@)?([^/?#@]+)'))[1]) as host
      from delivery_request where endpoint = '-') h
where r.id = h.id and h.host is not null;
