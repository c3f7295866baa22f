package io.legwork.outbound;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where requests may go that a task or a declaration asks for.
 *
 * @param allow the addresses: {@code public}, {@code loopback}, {@code private} (those of local
 *     networks), or ranges such as {@code 10.1.0.0/16}
 * @param schemes {@code https}, {@code http}
 * @param ports ports and ranges of ports such as {@code 443} and {@code 8000-8999}; any when empty
 */
@ConfigurationProperties("legwork.outbound")
public record OutboundProperties(
    @DefaultValue("public") List<String> allow,
    @DefaultValue({"https", "http"}) List<String> schemes,
    @DefaultValue List<String> ports) {}
