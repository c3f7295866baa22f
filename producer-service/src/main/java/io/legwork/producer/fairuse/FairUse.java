package io.legwork.producer.fairuse;

import io.legwork.access.Caller;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.SharedBuckets.Bucket;
import io.legwork.ledger.TenantLimitRows;
import io.legwork.ledger.TenantLimits;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.producer.fairuse.Share.Drawing;
import io.legwork.producer.fairuse.Share.Taking;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets every tenant and every key submit as much as they may, however many producers they submit
 * to. Who has no limits costs a look into memory. Thread-safe.
 */
public final class FairUse {

  private static final long SECOND = 1;
  private static final long DAY = Duration.ofDays(1).toSeconds();

  /** Shares of keys and days that nobody uses any more are dropped with all others then. */
  private static final int MOST_SHARES = 10_000;

  private final Map<String, TenantUse> tenants = new ConcurrentHashMap<>();
  private final Map<String, Share> shares = new ConcurrentHashMap<>();
  private final TenantLimitRows rows;
  private final TenantLimits usual;
  private final Drawing drawing;
  private final InstantSource clock;
  private final LongSupplier nanoTime;

  /**
   * @param usual what a tenant may use about which nothing else is said
   */
  FairUse(
      TenantLimitRows rows,
      TenantLimits usual,
      Drawing drawing,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.rows = rows;
    this.usual = usual;
    this.drawing = drawing;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** What a tenant may use. */
  TenantLimits limits(String tenant) {
    return rows.find(tenant).or(usual);
  }

  /**
   * Charges a submission to the limits of its caller, all of it or nothing.
   *
   * @param bytes of its body
   * @throws ProblemException if it is over one of them; then nothing is to be stored
   * @throws LedgerException if the ledger cannot be asked
   */
  public Admission admit(Caller caller, int tasks, long bytes) {
    TenantUse use = tenants.computeIfAbsent(caller.tenant(), this::use);
    TenantLimits limits = use.limits();
    if (limits.equals(TenantLimits.NONE) || tasks == 0) {
      return Admission.UNLIMITED;
    }
    var charge = new Charge();
    try {
      chargeAll(charge, use, limits, caller, tasks, bytes);
    } catch (RuntimeException refused) {
      charge.giveBack();
      throw refused;
    }
    return new Admission(charge.standings);
  }

  private void chargeAll(
      Charge charge, TenantUse use, TenantLimits limits, Caller caller, int tasks, long bytes) {
    chargeRate(charge, "key-submissions", caller.key(), limits.keySubmissionsPerSecond(), tasks);
    chargeRate(charge, "tenant-submissions", caller.tenant(), limits.submissionsPerSecond(), tasks);
    chargeBytes(charge, caller.tenant(), limits.payloadBytesPerDay(), bytes);
    Integer most = limits.openTasks();
    if (most != null && !use.open(tasks, most)) {
      charge.refuse("tenant-open-tasks", Duration.ofSeconds(1));
    }
  }

  private TenantUse use(String tenant) {
    var source =
        new TenantUse.Source() {
          @Override
          public TenantLimits limits() {
            return FairUse.this.limits(tenant);
          }

          @Override
          public int openTasks(int atMost) {
            return rows.openTasks(tenant, atMost);
          }
        };
    return new TenantUse(source, nanoTime);
  }

  private void chargeRate(
      Charge charge, String policy, Object whose, @Nullable Integer rate, int tasks) {
    if (rate != null) {
      Taking taking = charge.take(new Bucket(policy + ':' + whose, rate, rate), tasks);
      charge.standings.add(
          new Standing(policy, rate, SECOND, "", taking.remaining(), seconds(taking.after())));
      if (!taking.taken()) {
        charge.refuse(policy, taking.after());
      }
    }
  }

  /** A bucket for each day; a quota that is changed counts anew. */
  private void chargeBytes(Charge charge, String tenant, @Nullable Long quota, long bytes) {
    if (quota != null) {
      var policy = "tenant-payload-bytes";
      LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
      LocalDate today = now.toLocalDate();
      String id = "%s:%s:%s:%d".formatted(policy, tenant, today, quota);
      Taking taking = charge.take(new Bucket(id, 0, quota), bytes);
      Duration rest = Duration.between(now, today.plusDays(1).atTime(LocalTime.MIDNIGHT));
      charge.standings.add(
          new Standing(policy, quota, DAY, "content-bytes", taking.remaining(), seconds(rest)));
      if (!taking.taken()) {
        charge.refuse(policy, rest);
      }
    }
  }

  private static long seconds(Duration wait) {
    return Math.max(SECOND, wait.plusNanos(Duration.ofSeconds(1).toNanos() - 1).toSeconds());
  }

  /** What one submission has been charged so far. */
  private final class Charge {

    private final List<Standing> standings = new ArrayList<>();
    private final Map<Share, Long> taken = new LinkedHashMap<>();

    Taking take(Bucket bucket, long tokens) {
      if (shares.size() > MOST_SHARES) {
        shares.clear();
      }
      Share share = shares.computeIfAbsent(bucket.id(), _ -> new Share(drawing, nanoTime));
      Taking taking = share.take(bucket, tokens);
      if (taking.taken()) {
        taken.put(share, tokens);
      }
      return taking;
    }

    void giveBack() {
      taken.forEach(Share::giveBack);
    }

    void refuse(String policy, Duration wait) {
      Map<String, String> headers = new LinkedHashMap<>(Admission.fields(standings));
      headers.put("Retry-After", Long.toString(seconds(wait)));
      throw new ProblemException(
          Problem.ofPolicy(policy, "the limit %s is reached".formatted(policy)), headers);
    }
  }
}
