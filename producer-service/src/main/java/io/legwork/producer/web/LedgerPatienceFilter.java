package io.legwork.producer.web;

import io.legwork.ledger.LedgerDataSource;
import io.legwork.ledger.LedgerDataSource.Limit;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets no request wait long for the ledger, even if the database neither answers nor refuses:
 * whoever asks is told within two seconds to come again.
 */
final class LedgerPatienceFilter extends OncePerRequestFilter {

  private final Duration patience;

  LedgerPatienceFilter(Duration patience) {
    this.patience = patience;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try (Limit _ = LedgerDataSource.limit(patience)) {
      chain.doFilter(request, response);
    }
  }
}
